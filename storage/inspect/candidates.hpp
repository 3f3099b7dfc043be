// Which of many files to show to a reader, and in what order, so that a fileset is met at
// its main file.

#pragma once

#include <string>
#include <vector>

namespace troupe {

/// OME-Zarr folders, then files that describe others, then the rest, each in natural
/// order. What lies in a Zarr folder is no candidate of its own.
/// @param paths  relative, "/" between names. @returns some of them, and folders above
///               them ("" when it is the folder they all lie in).
std::vector<std::string> candidates_among(const std::vector<std::string>& paths);

/// Whether `path` is `folder` or lies in it.
bool lies_in(const std::string& path, const std::string& folder);

} // namespace troupe

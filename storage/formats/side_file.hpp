// Files that another file of the fileset names.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace troupe::formats {

/// @param name  a stranger's word for a file in `folder` or below it.
/// @returns its path, nothing when there is no such file.
/// @throws failure{unreadable} for names that lead elsewhere: absolute paths, "..",
///         addresses, links out of the folder.
std::optional<std::filesystem::path> side_file(const std::filesystem::path& folder,
                                               const std::string& name);

} // namespace troupe::formats

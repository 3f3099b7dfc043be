// The files a slide is made of.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace troupe::formats {

/// Every file, the main one first, relative to its folder.
/// @throws failure{unreadable} when one that is named lies outside that folder.
std::vector<std::string> files_of_slide(const std::filesystem::path& main);

} // namespace troupe::formats

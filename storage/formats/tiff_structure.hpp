// A parsed TIFF: which pages are which planes, and where their levels are.

#pragma once

#include "storage/formats/tiff_contents.hpp"

namespace troupe::formats {

struct tiff_structure {
  std::filesystem::path path;
  std::vector<tiff_directory> pages;
  std::vector<tiff_image> images; ///< sizes and pages; the rest is in the description
};

/// Walks the file. @throws failure{unreadable}.
std::pair<description, tiff_structure> parse_structure(const std::filesystem::path& main);

/// Whether `small` holds the same kind of samples as `page`.
bool same_samples(const tiff_directory& small, const tiff_directory& page);

/// How read_tile() cuts a directory.
tiling tiling_of(const tiff_directory& d);

} // namespace troupe::formats

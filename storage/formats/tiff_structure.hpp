// A parsed TIFF fileset: which pages are which planes, and where their levels are.

#pragma once

#include "storage/formats/tiff_contents.hpp"
#include "storage/formats/tiff_files.hpp"

namespace troupe::formats {

struct tiff_level {
  extent size;
  tiling cut;
};

struct tiff_stack {
  pixel_type type = pixel_type::uint8;
  tiff_planes planes;
  std::vector<tiff_level> levels = {};
};

struct tiff_structure {
  std::filesystem::path folder;
  std::vector<tiff_member> files;
  tiff_pages pages;
  std::vector<tiff_stack> images;
};

using parsed_tiff = std::pair<description, tiff_structure>;

/// @param main  a TIFF, or the companion of some. @throws failure{unreadable}.
parsed_tiff parse_structure(const std::filesystem::path& main);

/// Whether `small` holds the same kind of samples as `page`.
bool same_samples(const tiff_shape& small, const tiff_shape& page);

} // namespace troupe::formats

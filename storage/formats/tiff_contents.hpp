// Which pages of TIFF files make up which planes of which images.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/tiff_pages.hpp"

namespace troupe::formats {

constexpr int32_t no_page = -1;

/// Where the planes of an image are.
struct tiff_planes {
  int32_t z = 1, groups = 1;  ///< sections; groups of channels
  int32_t samples = 1;        ///< channels of a group: those one page carries
  std::vector<int32_t> pages; ///< [(t * groups + group) * z + z], or no_page

  size_t index(int32_t section, int32_t group, int32_t t) const {
    return (static_cast<size_t>(t) * static_cast<size_t>(groups)
            + static_cast<size_t>(group))
             * static_cast<size_t>(z)
           + static_cast<size_t>(section);
  }
};

struct tiff_image {
  series what;
  tiff_planes planes;
};

struct tiff_contents {
  std::string format;
  std::vector<tiff_image> images;
  std::vector<std::pair<std::string, std::string>> facts = {};
  std::vector<std::string> warnings = {};
  metadata::document about = {};
};

bool is_ome(const std::string& description);
bool is_imagej(const std::string& description);
bool is_aperio(const std::string& description);

/// Pages of one shape in a row are the Z planes of one image; smaller copies are levels.
/// @param text  description of the first page.
tiff_contents arrange_plain(tiff_pages& pages, const std::string& text);
/// Sizes from an ImageJ description. Stacks of one directory get pages for all planes.
/// @throws failure{unreadable} when pages are missing.
tiff_contents arrange_imagej(tiff_pages& pages, tiff_file& file, const std::string& text);

/// The slide, its label and the picture of the whole glass.
tiff_contents arrange_aperio(tiff_pages& pages, tiff_file& file, const std::string& text);

/// A series with the shape of a page, one plane deep.
series series_of(const tiff_shape& page);
/// Adds the channels of a series that has none yet.
void add_channels(series& s);

} // namespace troupe::formats

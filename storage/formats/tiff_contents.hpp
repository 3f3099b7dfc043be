// Which pages of a TIFF make up which planes of which images.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

/// All directories of the main chain, in file order.
struct tiff_pages {
  std::vector<tiff_directory> pages;
  std::string text; ///< ImageDescription of the first
};

constexpr int32_t no_page = -1;

/// One image and where its planes are.
struct tiff_image {
  series what;
  int32_t samples = 1;        ///< channels one page carries
  std::vector<int32_t> pages; ///< [(t * channel groups + group) * z + z], or no_page
  std::vector<tiling> tilings = {}; ///< one per level

  int32_t groups() const { return what.size.c / samples; }
  size_t plane(int32_t z, int32_t group, int32_t t) const {
    return (static_cast<size_t>(t) * static_cast<size_t>(groups())
            + static_cast<size_t>(group))
             * static_cast<size_t>(what.size.z)
           + static_cast<size_t>(z);
  }
};

struct tiff_contents {
  std::string format;
  std::vector<tiff_image> images;
  std::vector<std::pair<std::string, std::string>> facts;
};

/// Walks the main chain. @throws failure{unreadable}.
tiff_pages read_pages(tiff_file& file);

bool is_ome(const std::string& description);
bool is_imagej(const std::string& description);

/// Pages of one shape in a row are the Z planes of one image; reduced copies are levels.
tiff_contents arrange_plain(tiff_pages& file_pages);
/// Sizes from an ImageJ description. @throws failure{unreadable} when pages are missing.
tiff_contents arrange_imagej(tiff_pages& file_pages, tiff_file& file);
/// Sizes and places from OME-XML. @throws failure{unreadable} when XML and pages
/// disagree.
tiff_contents arrange_ome(const tiff_pages& file_pages, const std::string& file_name);

/// A series with the shape of a page, one plane deep.
series series_of(const tiff_directory& page);
/// Adds the channels of a series that has none yet.
void add_channels(series& s);

} // namespace troupe::formats

// The pages of a fileset's TIFF files: a few words each, for there may be a million.

#pragma once

#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

struct tiff_page {
  int32_t file = 0;     ///< which file of the fileset
  int32_t shape = 0;    ///< index of tiff_pages::shapes
  uint64_t offset = 0;  ///< of the directory
  uint64_t further = 0; ///< bytes from the directory's pixels to those of this page
  std::vector<uint64_t> levels; ///< smaller copies, by offset
};

struct tiff_pages {
  bool keep_palette = false; ///< indices stay samples
  std::vector<tiff_shape> shapes;
  std::vector<tiff_page> pages;

  int32_t count() const { return static_cast<int32_t>(pages.size()); }
  const tiff_page& at(int32_t page) const { return pages[static_cast<size_t>(page)]; }
  const tiff_shape& shape_of(int32_t page) const {
    return shapes[static_cast<size_t>(at(page).shape)];
  }
  /// Adds a directory of a file.
  void add(int32_t file, tiff_directory d);
};

/// Adds the directories of the main chain, in file order. @throws failure{unreadable}.
void read_pages(tiff_file& file, int32_t index, tiff_pages& to);

/// ImageDescription of the directory the file is in, empty when there is none.
std::string description_of(const tiff_file& file);

} // namespace troupe::formats

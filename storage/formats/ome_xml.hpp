// The metadata block of an OME-TIFF, parsed and checked; nothing outside it is read.

#pragma once

#include "storage/formats/description.hpp"

namespace troupe::formats {

/// A TiffData element: pages that hold consecutive planes.
struct ome_tiff_data {
  std::optional<int64_t> page; ///< IFD
  int64_t first_z = 0, first_c = 0, first_t = 0;
  std::optional<int64_t> count; ///< PlaneCount
  std::string uuid, file_name;  ///< of another file, or empty
};

struct ome_image {
  /// Everything but levels and tile; channels has one entry per Channel element.
  series what;
  std::vector<int32_t> samples; ///< SamplesPerPixel of each Channel
  std::vector<ome_tiff_data> places;
};

struct ome_document {
  std::string uuid;
  std::vector<ome_image> images;
  std::vector<std::pair<std::string, std::string>> facts;
};

/// @throws failure{unreadable} for text that is not well-formed, has a DOCTYPE, is too
///         deep or too large, is of an unknown schema, has impossible sizes, or refers to
///         a companion file.
ome_document parse_ome_xml(const std::string& text);

} // namespace troupe::formats

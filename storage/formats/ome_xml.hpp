// OME-XML, parsed and checked; nothing outside it is read.

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

enum class bin_coding : uint8_t { none, zlib, bzip2 };

/// A BinData element with pixels.
struct ome_block {
  int64_t offset = 0; ///< of its base64 in the text
  bin_coding coding = bin_coding::none;
  bool big_endian = false;
};

struct ome_image {
  /// Everything but levels and tile; channels has one entry per Channel element.
  series what;
  std::vector<int32_t> samples; ///< SamplesPerPixel of each Channel
  std::vector<ome_tiff_data> places;
  std::vector<ome_block> blocks; ///< in the order of the planes
};

struct ome_document {
  std::string uuid;
  std::vector<ome_image> images;
  std::vector<std::pair<std::string, std::string>> facts;
  metadata::document about;
  std::vector<std::string> warnings; ///< what of it was left out, and why
};

/// @throws failure{unreadable} for text that is not well-formed, has a DOCTYPE, is too
///         deep or too large, is of an unknown schema, has impossible sizes, or refers to
///         a companion file.
ome_document parse_ome_xml(const std::string& text);

} // namespace troupe::formats

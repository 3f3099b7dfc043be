// Which bytes of an OME-XML file are which planes.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/ome_xml.hpp"

namespace troupe::formats {

/// The base64 of one or more planes.
struct xml_block {
  int64_t offset = 0, length = 0; ///< of the text in the file
  bin_coding coding = bin_coding::none;
  bool big_endian = false;
  bool operator==(const xml_block&) const = default;
};

struct xml_plane {
  int32_t block = -1; ///< index, or -1: not in the file
  int64_t skip = 0;   ///< bytes of the block before the plane
};

struct xml_image {
  dimensions size;
  pixel_type type = pixel_type::uint8;
  extent tile; ///< a whole plane, or less when there are no pixels
  std::vector<xml_block> blocks;
  std::vector<xml_plane> planes; ///< [(t * size.c + c) * size.z + z]

  int64_t plane_bytes() const {
    return int64_t{size.x} * size.y * static_cast<int64_t>(bytes_of(type));
  }
};

/// @param text  of the file. Adds to `warnings` what is missing.
/// @throws failure{unreadable} for planes larger than limits::max_block_bytes.
xml_image place_blocks(const ome_image& from, const std::string& text,
                       std::vector<std::string>& warnings);

} // namespace troupe::formats

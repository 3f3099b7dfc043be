// What a stranger's file may claim, so that a lie costs neither memory nor time.

#pragma once

#include <cstdint>

namespace troupe::formats {

struct limits {
  static constexpr int64_t max_side = 4'000'000; ///< pixels
  static constexpr int64_t max_block_bytes =
    1 << 30; ///< one read() answer, one native tile
  static constexpr int64_t max_planes = 10'000'000; ///< Z x C x T of one image
  static constexpr int32_t max_series = 10'000;
  static constexpr int32_t max_files = 1'000'000; ///< of one fileset
  static constexpr int32_t max_directories = 1'000'000; ///< TIFF IFDs
  static constexpr int64_t max_xml_bytes = 256 << 20;
  static constexpr int32_t max_xml_depth = 64;
  static constexpr int64_t max_attachment_bytes = 64 << 20; ///< inside metadata
  static constexpr int64_t max_mask_pixels = 1 << 28;
  static constexpr int32_t max_plate_side = 1024; ///< rows, columns of wells
};

} // namespace troupe::formats

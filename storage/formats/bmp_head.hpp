// What the headers of a Windows bitmap say, checked.

#pragma once

#include "storage/pixels.hpp"

#include <array>
#include <span>

namespace troupe::formats {

/// Where a colour is in the bits of a pixel.
struct bmp_mask {
  int32_t shift = 0, bits = 0; ///< no bits: the colour is absent
};

struct bmp_head {
  extent size;
  bool top_down = false;
  int32_t bits = 24;                ///< of a pixel
  size_t pixels = 0, row_bytes = 0; ///< where the first row is, and bytes from row to row
  std::array<bmp_mask, 4> masks;    ///< red, green, blue, alpha, of 16 and 32 bits
  std::vector<rgba> palette;        ///< of 1, 4 and 8 bits
  bool grey = false;                ///< all palette entries are
  int32_t samples() const { return grey ? 1 : masks[3].bits > 0 ? 4 : 3; }
};

/// @param file_size  in bytes: rows must be inside it.
/// @param head  the first bytes, up to the palette's end at least.
/// @throws failure{unreadable} with the reason.
bmp_head read_bmp_head(std::span<const uint8_t> head, size_t file_size);

} // namespace troupe::formats

// Red, green and blue to what a JPEG keeps: luma, and chroma at half the resolution.

#pragma once

#include "storage/render/picture.hpp"

#include <cstddef>

namespace troupe {

using render::component_rows;

/// Two rows, the chroma of both in one.
struct luma_chroma_rows {
  std::array<uint8_t*, 2> luma{};
  uint8_t* blue = nullptr; ///< chroma, half as long
  uint8_t* red = nullptr;
};

/// Two rows in the widest vectors the machine has, bit for bit as libjpeg does it.
/// @param count  of pixels, even.
void to_luma_chroma(const component_rows& upper, const component_rows& lower,
                    size_t count, const luma_chroma_rows& to);

/// Pixel by pixel: what the vectors must equal, and what is left at the end of a row.
namespace plain {
void to_luma_chroma(const component_rows& upper, const component_rows& lower, size_t from,
                    size_t count, const luma_chroma_rows& to);
} // namespace plain

} // namespace troupe

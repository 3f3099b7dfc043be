// The encoders behind encode(), a file each.

#pragma once

#include "storage/encode/encode.hpp"

#include <functional>

namespace troupe {

/// Rows of a picture of 3-byte pixels: already there, or made in `scratch`, which has
/// room for them. Called by several threads at a time.
using pixel_rows =
  std::function<const uint8_t*(int32_t top, int32_t rows, uint8_t* scratch)>;

encoded_image encode_jpeg(extent size, const pixel_rows& rows, double quality,
                          size_t threads);
encoded_image encode_png(const render::picture& p);

} // namespace troupe

// The encoders behind encode(), a file each.

#pragma once

#include "storage/encode/encode.hpp"

#include <functional>

namespace troupe {

/// Writes a row of a picture. Called by several threads at a time.
using row_source = std::function<void(int32_t y, const render::component_rows& to)>;

encoded_image encode_jpeg(extent size, const row_source& rows, double quality,
                          size_t threads);
encoded_image encode_png(const render::picture& p);
enum class png_pixels : uint8_t { rgb, rgba };
/// @param bytes  of all pixels, row by row. @throws failure{bad_request} without any.
encoded_image encode_png(extent size, png_pixels as, const uint8_t* bytes);
/// Strips of Deflate with a predictor, which every reader of TIFF knows.
encoded_image encode_tiff(const render::picture& p);

} // namespace troupe

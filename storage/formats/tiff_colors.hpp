// What the samples of a TIFF directory mean: grey, colours, inks or indices.

#pragma once

#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

/// Compressions of JPEG 2000, which libtiff does not know.
constexpr uint16_t jpeg2000_luma = 33003, jpeg2000_rgb = 33005, jpeg2000 = 34712;
bool is_jpeg2000(uint16_t compression);

/// Completes a shape whose sizes and types are known.
/// @throws failure{unreadable} for colours that are not supported.
void read_colors(const tiff_file& file, bool keep_palette, tiff_shape& shape);

} // namespace troupe::formats

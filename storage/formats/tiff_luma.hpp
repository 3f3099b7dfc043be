// Luma and chroma samples of TIFF to colours.

#pragma once

#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

/// Bytes of a block of luma and chromas: units of across x down lumas, then two chromas.
size_t bytes_of_luma(const tiff_luma& how, int32_t width, int32_t rows);

/// @param from  bytes_of_luma() many.
/// @param to    rows x width x 3 bytes.
void luma_to_rgb(const tiff_luma& how, const uint8_t* from, int32_t width, int32_t rows,
                 uint8_t* to);

} // namespace troupe::formats

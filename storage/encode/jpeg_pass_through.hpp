// Stored JPEG tiles as complete files, not decoded.

#pragma once

#include "storage/render/settings.hpp"

#include <span>

namespace troupe {

/// Whether a picture drawn with `s` is the samples themselves: three channels of 8 bits
/// over their full windows, red, green and blue. Then a stored JPEG of the same region
/// can be sent as it is.
bool shows_stored_colors(const render::settings& s, pixel_type type, int32_t channels);

/// How the samples in a JPEG's scan are to be taken.
enum class jpeg_colors : uint8_t { ycbcr, rgb };

/// A complete file of a tile that was stored without its tables, as TIFF does.
/// @param tables  a JPEG of tables only (TIFF's JPEGTables), may be empty.
/// @param tile  a JPEG that may lack its tables.
/// @returns nothing when they are no such thing, or not 3 components of 8 bits.
std::optional<encoded_image> complete_jpeg(std::span<const uint8_t> tables,
                                           std::span<const uint8_t> tile,
                                           jpeg_colors stored);

} // namespace troupe

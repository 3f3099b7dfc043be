// Stored samples of a decoded row to the samples a reader returns.

#pragma once

#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

/// Unpacks bits, applies palette and inversion.
/// @param from   a decoded row. @param count  stored values in it.
/// @param to     count samples of shape.type, three times as many with a palette.
void unpack_row(const tiff_shape& shape, const uint8_t* from, size_t count, uint8_t* to);

} // namespace troupe::formats

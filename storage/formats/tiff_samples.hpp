// Stored samples of a decoded row to the samples a reader returns.

#pragma once

#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

/// Part of one row of a decoded block.
struct stored_row {
  const uint8_t* bytes = nullptr; ///< start of the row in the block
  int32_t first = 0;              ///< first pixel wanted
  int32_t count = 0;              ///< pixels wanted
  int32_t samples = 1;            ///< samples per pixel in this block
};

/// Copies channel `sample` of the row: unpacks bits, applies palette and inversion.
/// @param to  count samples of d.type.
void take_samples(const tiff_directory& d, const stored_row& row, int32_t sample,
                  uint8_t* to);

} // namespace troupe::formats

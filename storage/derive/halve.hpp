// Two rows of a plane to one of half the width: the step every pyramid is made of.
// Rendering reference, section 9.

#pragma once

#include "storage/pixels.hpp"

namespace troupe::derive {

/// How a 2 x 2 cell becomes one sample.
enum class reduction : uint8_t {
  mean,    ///< of the samples there are; integers round half up, floats leave NaN out
  nearest, ///< the top left one: for labels, whose mean is another label
};

/// Rows of interleaved pixels; `below` is `above` where the plane ends.
struct row_pair {
  const uint8_t* above;
  const uint8_t* below;
  size_t width = 0; ///< pixels
  size_t samples = 1;
};

/// Writes ceil(width / 2) pixels to `to`, in the widest vectors the machine has.
/// @throws failure{bad_request} for the mean of complex samples.
void halve_rows(pixel_type type, reduction how, const row_pair& rows, uint8_t* to);

/// Sample by sample: what the vectors must equal, and what is left at the end of a row.
void halve_rows_plainly(pixel_type type, reduction how, const row_pair& rows,
                        uint8_t* to);

} // namespace troupe::derive

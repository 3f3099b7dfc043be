// The inner loops of projections, in the widest vectors the machine has, and plain.

#pragma once

#include "storage/pixels.hpp"

namespace troupe::render::kernels {

/// highest[x] = samples[x] where that is higher; NaN never is.
void raise(pixel_type type, const uint8_t* samples, size_t count, uint8_t* highest);

/// sums[x] += samples[x]
void add_samples(pixel_type type, const uint8_t* samples, size_t count, double* sums);

/// Sample by sample: what the vectors must equal, and what is left at the end.
namespace plain {
void raise(pixel_type type, const uint8_t* samples, size_t count, uint8_t* highest);
void add_samples(pixel_type type, const uint8_t* samples, size_t count, double* sums);
} // namespace plain

} // namespace troupe::render::kernels

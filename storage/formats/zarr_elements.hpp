// Elements of a chunk as our pixels.

#pragma once

#include "storage/formats/zarr_array.hpp"

namespace troupe::formats {

/// @param stored  whole elements. @returns the same, little-endian, of t.type.
/// @throws failure{unreadable} when a 64-bit integer does not fit 32 bits.
std::vector<uint8_t> as_elements(std::vector<uint8_t> stored, const zarr_type& t);

} // namespace troupe::formats

// The range of a plane and of a type.

#pragma once

#include "storage/render/settings.hpp"

namespace troupe::render {

inline bool is_integer(pixel_type type) {
  return type <= pixel_type::uint32;
}

/// Smallest and largest finite sample; NaN and infinities are left out.
/// @returns {+inf, -inf} when there is none.
/// @throws failure{bad_request} for complex samples.
std::pair<double, double> range_of(const raw_plane& plane);

/// Smallest and largest sample as OMERO stores them: NaN is left out, infinities count.
std::pair<double, double> statistics_of(const raw_plane& plane);

/// The representable range of a type: 0..65535, for floats and 32 bit as in the
/// reference.
std::pair<double, double> range_of(pixel_type type, int32_t significant_bits = 0);

} // namespace troupe::render

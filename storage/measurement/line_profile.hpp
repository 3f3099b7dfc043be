// The samples of a row or column as heights of a plot. Rendering reference, section 12.

#pragma once

#include "storage/render/settings.hpp"

namespace troupe::measurement {

enum class axis : uint8_t { row, column };

/// Ordinates, left to right or top to bottom, in pixels of a plot:
///
///   y = (v - window min) * (span - 1) / window max
///
/// @param span  height (row) or width (column) of the image when absent.
/// @throws failure{bad_request} for a position outside the plane.
std::vector<double> line_profile(const raw_plane& plane, axis along, int32_t position,
                                 const render::sample_range& window,
                                 std::optional<int32_t> span = {});

} // namespace troupe::measurement

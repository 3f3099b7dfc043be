// The next smaller level of a pyramid. Rendering reference, section 9.

#pragma once

#include "storage/pixels.hpp"

namespace troupe::render {

/// Half the size, rounded up: the mean of the samples there are of each 2x2 cell.
/// Integers round half up; floating types leave NaN out, a cell of NaN stays NaN.
/// @throws failure{bad_request} for complex samples.
raw_plane half_by_mean(const raw_plane& plane);

/// Half the size, rounded up: the top left sample of each cell. For labels, whose mean
/// is another label. Any type.
raw_plane half_by_nearest(const raw_plane& plane);

} // namespace troupe::render

// Statistics of the samples of a region of interest. Rendering reference, section 12.

#pragma once

#include "storage/measurement/shape.hpp"

namespace troupe::measurement {

/// Profile `omero` starts the minimum at the largest double and the maximum at 0, and has
/// a mean of 0 without points; `fixed` then has none of the three.
struct roi_statistics {
  int64_t points = 0;
  std::optional<double> min{}, max{}, mean{};
  double sum = 0;
  double deviation = 0; ///< of the sample: sqrt((sum of squares - sum * mean) / (n - 1))
};

/// @param plane  samples of `where` of the image; read bounds_of(s) or more.
/// @returns profile `fixed`: NaN is left out.
roi_statistics statistics_of(const shape& s, const raw_plane& plane, const region& where,
                             render::profile rules = render::profile::fixed);

} // namespace troupe::measurement

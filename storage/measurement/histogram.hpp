// How often which samples occur. Rendering reference, section 12.

#pragma once

#include "storage/render/settings.hpp"

namespace troupe::measurement {

constexpr int32_t default_bins = 256;

/// The range a histogram covers.
/// @param known  of the channel. Not used when its maximum is 1: so OMERO marks
///        statistics that are not known.
/// @param plane  all of it, whatever part is counted. Profile `omero`: NaN spoils the
///        range and all samples fall into one bin.
render::sample_range histogram_range(const raw_plane& plane,
                                     const std::optional<render::sample_range>& known,
                                     render::profile rules = render::profile::fixed);

/// Counts per bin of equal width, samples outside the range left out:
///
///   bin = trunc((v - min) / ((max - min) / bins)), v = max in the last bin
///
/// @param bins  0 or less: default_bins.
/// @returns without width all are in bin 0. Profile `fixed` leaves NaN and infinities
///          out.
std::vector<int64_t> histogram(const raw_plane& samples, int32_t bins,
                               const render::sample_range& range,
                               render::profile rules = render::profile::fixed);

} // namespace troupe::measurement

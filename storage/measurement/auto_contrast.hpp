// A window that leaves the extremes out.

#pragma once

#include "storage/render/settings.hpp"

#include <span>

namespace troupe::measurement {

/// Percentiles, 0..100.
struct percentiles {
  double low = 0.1, high = 99.9;
};

/// Samples at the percentiles of all finite samples of the planes (nearest rank).
/// @returns nothing when there is no finite sample, or both are the same one.
/// @throws failure{bad_request} for planes of different or complex types.
std::optional<render::sample_range> auto_window(std::span<const raw_plane> planes,
                                                percentiles p = {});

} // namespace troupe::measurement

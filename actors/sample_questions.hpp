// What a signed-in person asks of samples: how they are distributed, lie along a line or
// in a shape.

#pragma once

#include "actors/measurements.hpp"
#include "schema/queries/images.hpp"

namespace troupe {

/// Absent plane or level: the one shown first, the finest that is not too large.
struct view_histogram {
  static constexpr bool local = true;
  int64_t image = 0;
  int32_t channel = 0;
  std::optional<int32_t> z, t, level;
  int32_t bins = measurement::default_bins;
  errand who;
  using reply = sample_counts;
};
constexpr int32_t max_bins = 65536;

/// A row or column of a plane at full size, of one channel or of all.
struct view_line {
  static constexpr bool local = true;
  int64_t image = 0;
  std::optional<int32_t> z, t, channel;
  measurement::axis along = measurement::axis::row;
  int32_t position = 0;
  errand who;
  using reply = sample_lines;
};

/// Statistics of the samples inside a shape, in pixels of the full size.
struct measure_shape {
  static constexpr bool local = true;
  int64_t image = 0;
  std::optional<int32_t> z, t, channel;
  measurement::shape shape;
  errand who;
  using reply = shape_statistics;
};

/// Statistics of many shapes, each on its own plane and channel, or on those shown first
/// and all.
struct measure_shapes {
  static constexpr bool local = true;
  struct placed {
    measurement::shape shape;
    std::optional<int32_t> z, t, channel;
  };
  int64_t image = 0;
  std::vector<placed> shapes;
  errand who;
  using reply = many_statistics;
};

/// All throw failure{bad_request, not_found} for what the image does not have,
/// {too_large} for more samples than one answer may cost, {unreadable} for a damaged one.
measure_pixels job_of(const image_grant& g, const view_histogram& m);
measure_pixels job_of(const image_grant& g, const view_line& m);
measure_pixels job_of(const image_grant& g, const measure_shape& m);
/// @throws failure{too_large} also when all of them together cost too much.
measure_pixels job_of(const image_grant& g, const measure_shapes& m);
/// Windows that leave the extremes of the plane in the middle out.
measure_pixels contrast_job(const image_grant& g);

} // namespace troupe

// Measures samples: a front with a fair queue of its own, so that pictures need not wait.

#pragma once

#include "actors/dispatcher.hpp"
#include "storage/formats/reader_cache.hpp"
#include "storage/measurement/auto_contrast.hpp"
#include "storage/measurement/histogram.hpp"
#include "storage/measurement/line_profile.hpp"
#include "storage/measurement/roi_statistics.hpp"

#include <variant>

namespace troupe {

/// How often which samples occur.
struct sample_counts {
  static constexpr bool local = true;
  int32_t channel = 0, level = 0;
  plane_index at;
  render::sample_range range; ///< what the bins divide
  std::vector<int64_t> counts;
};
struct sample_lines {
  static constexpr bool local = true;
  struct line {
    int32_t channel = 0;
    std::vector<double> samples;
  };
  std::vector<line> lines;
};
struct shape_statistics {
  static constexpr bool local = true;
  struct channel {
    int32_t index = 0;
    measurement::roi_statistics found;
  };
  std::vector<channel> channels;
};
/// In the order of the shapes that were asked for.
struct many_statistics {
  static constexpr bool local = true;
  struct one {
    plane_index at;
    shape_statistics found;
  };
  std::vector<one> shapes;
};
/// By channel; none for a channel whose samples are all the same.
using contrast = std::vector<std::pair<int32_t, render::sample_range>>;

struct count_samples {
  int32_t bins = measurement::default_bins;
  std::optional<render::sample_range> known; ///< of the whole channel
};
struct list_samples {};
struct stretch_contrast {};

/// Each with what to read for it.
struct shape_to_measure {
  measurement::shape shape;
  plane_index at;
  std::vector<int32_t> channels;
  region where;
};
using shapes_to_measure = std::vector<shape_to_measure>;

struct measured_pixels {
  static constexpr bool local = true;
  std::variant<sample_counts, sample_lines, shape_statistics, contrast, many_statistics>
    what;
};

/// Measure `where` of channels of an image the asker may see; many shapes say themselves
/// where they are.
struct measure_pixels {
  static constexpr bool local = true;
  image_source source;
  int32_t level = 0;
  plane_index at;
  std::vector<int32_t> channels;
  region where; ///< pixels of that level
  std::variant<count_samples, list_samples, measurement::shape, stretch_contrast,
               shapes_to_measure>
    how;
  errand who;
  using reply = measured_pixels;
  std::string key() const { return ""; }
};

using measurements_actor =
  caf::typed_actor<ask<measure_pixels>, ask<drain>, ask<get_status>>;
using measurement_worker_actor = caf::typed_actor<ask<measure_pixels>>;

/// Samples of one channel of a job.
using channel_source = std::function<raw_plane(int32_t channel)>;
/// One channel after the other: an image may have many.
/// @throws failure{internal} for many shapes, see measure_each.
measured_pixels measure_planes(const measure_pixels& m, const channel_source& plane_of);

/// Samples for a job that asks for one shape.
using shape_source = std::function<raw_plane(const measure_pixels& one, int32_t channel)>;
/// One shape after the other. @throws failure{gone} when nobody waits any more.
many_statistics measure_each(const measure_pixels& m, const shape_source& read);

room_actor start_measurements(start_context& at);

} // namespace troupe

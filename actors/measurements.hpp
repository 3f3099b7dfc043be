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
/// By channel; none for a channel whose samples are all the same.
using contrast = std::vector<std::pair<int32_t, render::sample_range>>;

struct count_samples {
  int32_t bins = measurement::default_bins;
  std::optional<render::sample_range> known; ///< of the whole channel
};
struct list_samples {};
struct stretch_contrast {};

struct measured_pixels {
  static constexpr bool local = true;
  std::variant<sample_counts, sample_lines, shape_statistics, contrast> what;
};

/// Measure `where` of channels of an image the asker may see.
struct measure_pixels {
  static constexpr bool local = true;
  image_source source;
  int32_t level = 0;
  plane_index at;
  std::vector<int32_t> channels;
  region where; ///< pixels of that level
  std::variant<count_samples, list_samples, measurement::shape, stretch_contrast> how;
  errand who;
  using reply = measured_pixels;
  std::string key() const { return ""; }
};

using measurements_actor = caf::typed_actor<ask<measure_pixels>, ask<get_status>>;
using measurement_worker_actor = caf::typed_actor<ask<measure_pixels>>;

/// Samples of one channel of a job.
using channel_source = std::function<raw_plane(int32_t channel)>;
/// One channel after the other: an image may have many.
measured_pixels measure_planes(const measure_pixels& m, const channel_source& plane_of);

room_actor start_measurements(start_context& at);

} // namespace troupe

// An actor of your own, whole: intensity statistics of a region, on request. Its row in
// actors/roster.cpp is all it needs to be started, watched, restarted and shown in the
// status and the metrics. Its URL is a row too: measure_route.cpp.

#pragma once

#include "actors/room.hpp"
#include "schema/queries/images.hpp"
#include "storage/formats/reader_cache.hpp"
#include "storage/samples.hpp"

#include <cmath>

namespace troupe {

/// What a region's samples have in common. NaN are left out.
struct intensity {
  static constexpr bool local = true;
  int64_t count = 0;
  double min = 0, max = 0, mean = 0;
  double deviation = 0; ///< of the sample: sqrt(sum (x - mean)^2 / (n - 1)), 0 if n < 2
};

/// Measure `where` of one channel, full-size pixels, of an image the asker may see.
/// @throws failure{bad_request} for a region outside the image or over 16 Mi samples.
struct measure_region {
  static constexpr bool local = true;
  image_grant image;
  plane_index at;
  int32_t channel = 0;
  region where;
  using reply = intensity;
};

using measure_actor = caf::typed_actor<ask<measure_region>, ask<drain>, ask<get_status>>;

struct measure_state : room_state {
  static inline const char* name = "measure";
  measure_state() = default;
  formats::reader_cache readers;
  int64_t samples = 0;
};

/// Welford's running mean and variance.
inline intensity intensity_of(const raw_plane& plane) {
  intensity out;
  double squares = 0;
  for_each_sample(plane, [&](double x) {
    if (std::isnan(x))
      return;
    out.min = out.count ? std::min(out.min, x) : x;
    out.max = out.count ? std::max(out.max, x) : x;
    auto before = x - out.mean;
    out.mean += before / static_cast<double>(++out.count);
    squares += before * (x - out.mean);
  });
  if (out.count > 1)
    out.deviation = std::sqrt(squares / static_cast<double>(out.count - 1));
  return out;
}

inline measure_actor::behavior_type
measure(measure_actor::stateful_pointer<measure_state> self,
        std::shared_ptr<formats::shelves> shelves) {
  self->state.readers = formats::reader_cache{std::move(shelves)};
  return room_behavior(
    self,
    [self](status_report& r) { r.actors[0].gauges["samples"] = self->state.samples; },
    [self](const measure_region& m) {
      if (int64_t{m.where.width} * m.where.height > 16 << 20)
        throw failure{errc::bad_request, "a region has at most 16 Mi samples"};
      auto& reader = self->state.readers.open(m.image.source);
      auto planes = reader.read({m.image.source.series, 0, m.at, {m.channel}, m.where});
      auto out = intensity_of(planes.at(0));
      self->state.samples += out.count;
      return out;
    });
}

/// Detached: it reads files.
inline room_actor start_measure(start_context& at) {
  return at.offer(at.system.spawn<caf::detached>(measure, at.shelves));
}

} // namespace troupe

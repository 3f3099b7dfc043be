#include "actors/measurements.hpp"

#include "actors/worker_thread.hpp"
#include "storage/samples.hpp"

#include <thread>

namespace troupe {

namespace {

sample_counts measured(const measure_pixels& m, const count_samples& how,
                       const channel_source& plane_of) {
  auto plane = plane_of(m.channels.at(0));
  auto range = measurement::histogram_range(plane, how.known);
  return {m.channels[0], m.level, m.at, range,
          measurement::histogram(plane, how.bins, range)};
}

sample_lines measured(const measure_pixels& m, const list_samples&,
                      const channel_source& plane_of) {
  sample_lines out;
  for (auto c : m.channels) {
    auto& line = out.lines.emplace_back();
    line.channel = c;
    for_each_sample(plane_of(c), [&](double x) { line.samples.push_back(x); });
  }
  return out;
}

shape_statistics measured(const measure_pixels& m, const measurement::shape& shape,
                          const channel_source& plane_of) {
  shape_statistics out;
  for (auto c : m.channels)
    out.channels.push_back({c, measurement::statistics_of(shape, plane_of(c), m.where)});
  return out;
}

contrast measured(const measure_pixels& m, const stretch_contrast&,
                  const channel_source& plane_of) {
  contrast out;
  for (auto c : m.channels) {
    auto plane = plane_of(c);
    if (auto window = measurement::auto_window({&plane, 1}))
      out.emplace_back(c, *window);
  }
  return out;
}

[[noreturn]] contrast measured(const measure_pixels&, const shapes_to_measure&,
                               const channel_source&) {
  throw failure{errc::internal, "many shapes have no plane in common"};
}

struct measurement_worker_state : room_state {
  static inline const char* name = "measurement-worker";
  measurement_worker_state() = default;
  formats::reader_cache readers;
};

/// A shape outside the image has no samples, but statistics of them.
raw_plane read(formats::reader& from, const measure_pixels& m, int32_t channel) {
  if (m.where.width > 0)
    return from.read({m.source.series, m.level, m.at, {channel}, m.where}).at(0);
  auto type = from.describe().images.at(static_cast<size_t>(m.source.series)).type;
  return {.type = type};
}

measurement_worker_actor::behavior_type measurement_worker(
  measurement_worker_actor::stateful_pointer<measurement_worker_state> self,
  meter_ptr counted, std::shared_ptr<formats::shelves> shelves) {
  self->state.counted = std::move(counted);
  self->state.readers = formats::reader_cache{std::move(shelves)};
  yield_to_others();
  return {detail::measured(
    self, [self](const measure_pixels& m) -> caf::result<measured_pixels> {
      if (m.who.is_over())
        return caf::make_error(errc::gone, std::string{"nobody waits for it any more"});
      auto& from = self->state.readers.open(m.source);
      if (std::holds_alternative<shapes_to_measure>(m.how))
        return measured_pixels{measure_each(
          m, [&](const measure_pixels& one, int32_t c) { return read(from, one, c); })};
      return measure_planes(m, [&](int32_t c) { return read(from, m, c); });
    })};
}

struct measurements_state : room_state {
  static inline const char* name = "measurements";
  measurements_state() = default;
  std::unique_ptr<
    dispatcher<measurements_actor::stateful_base<measurements_state>, measure_pixels>>
    queue;
};

measurements_actor::behavior_type
measurements(measurements_actor::stateful_pointer<measurements_state> self,
             dispatcher_plan plan, std::shared_ptr<formats::shelves> shelves) {
  using queue = typename decltype(self->state.queue)::element_type;
  self->state.queue = std::make_unique<queue>(
    self, std::move(plan), [shelves](auto* front, meter_ptr counted) {
      return front->template spawn<caf::detached>(measurement_worker, std::move(counted),
                                                  shelves);
    });
  watch_workers(self, [self] { return self->state.queue.get(); });
  return room_behavior(
    self, [self](status_report& r) { self->state.queue->describe(r); },
    [self](const measure_pixels& m) { return self->state.queue->submit(m); });
}

} // namespace

measured_pixels measure_planes(const measure_pixels& m, const channel_source& plane_of) {
  return {std::visit(
    [&](auto& how) {
      return decltype(measured_pixels::what){measured(m, how, plane_of)};
    },
    m.how)};
}

many_statistics measure_each(const measure_pixels& m, const shape_source& read) {
  many_statistics out;
  for (auto& s : std::get<shapes_to_measure>(m.how)) {
    if (m.who.is_over())
      throw failure{errc::gone, "nobody waits for it any more"};
    const measure_pixels one{m.source, 0, s.at, s.channels, s.where, s.shape, m.who};
    auto found = measure_planes(one, [&](int32_t c) { return read(one, c); });
    out.shapes.push_back({s.at, std::get<shape_statistics>(std::move(found.what))});
  }
  return out;
}

room_actor start_measurements(start_context& at) {
  auto workers = std::max(1u, std::thread::hardware_concurrency() / 2);
  return at.offer(
    at.system.spawn(measurements,
                    dispatcher_plan{"measurement-worker", workers,
                                    static_cast<size_t>(at.config.queue_limit)},
                    at.shelves));
}

} // namespace troupe

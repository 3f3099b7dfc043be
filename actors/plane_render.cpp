#include "actors/plane_render.hpp"

#include "actors/digest.hpp"
#include "actors/worker_thread.hpp"
#include "storage/render/draw.hpp"

#include <fmt/format.h>

#include <thread>

namespace troupe {

std::string key_of(const render::channel_settings& c) {
  auto out = fmt::format(
    "{}:{:a}:{:a}:{:02x}{:02x}{:02x}{:02x}:{}:{:a}:{}:{}:{}:{}", c.index, c.start, c.end,
    c.color.red, c.color.green, c.color.blue, c.color.alpha, static_cast<int>(c.curve),
    c.coefficient, c.inverted, c.noise_reduction, c.lut.size(), c.lut);
  if (c.statistics)
    out += fmt::format(":{:a}:{:a}", c.statistics->first, c.statistics->second);
  return out;
}

std::string key_of(const render::settings& s) {
  auto out =
    fmt::format("m{}p{}q{},{},{}", static_cast<int>(s.model), static_cast<int>(s.profile),
                s.levels.start, s.levels.end, s.levels.resolution);
  for (auto& c : s.channels)
    if (c.active)
      out += ";" + key_of(c);
  return out;
}

std::string key_of(const image_source& s) {
  return fmt::format("{}|{}|{}|{}", s.path, s.series, s.bytes, s.modified_ns);
}

std::string render_region::key() const {
  return digest(fmt::format("{}|{}|{}|{}|{},{},{},{}|{}|{}|{}|{:a}", key_of(source),
                            level, at.z, at.t, where.x, where.y, where.width,
                            where.height, key_of(settings), significant_bits,
                            static_cast<int>(as), quality));
}

namespace {

encoded_image picture_of(formats::reader& from, const render_region& m) {
  auto channels = as_samples(m) ? std::vector<int32_t>{m.settings.channels.at(0).index}
                                : render::drawn_channels(m.settings);
  auto planes = from.read({m.source.series, m.level, m.at, channels, m.where});
  extent size{m.where.width, m.where.height};
  if (as_samples(m))
    return {"application/octet-stream", planes.at(0).samples, size, planes.at(0).type};
  auto painter = render::painter_of(m.settings, planes, size, m.significant_bits);
  auto out = encode(painter, m.as == output::png ? image_format::png : image_format::jpeg,
                    m.quality, std::max(1u, std::thread::hardware_concurrency()));
  out.size = size;
  return out;
}

struct plane_render_state : room_state {
  static inline const char* name = "plane-render";
  plane_render_state() = default;
  std::unique_ptr<
    dispatcher<plane_render_actor::stateful_base<plane_render_state>, render_region>>
    queue;
};

plane_render_actor::behavior_type
plane_render(plane_render_actor::stateful_pointer<plane_render_state> self,
             dispatcher_plan plan) {
  using queue = typename decltype(self->state.queue)::element_type;
  self->state.queue =
    std::make_unique<queue>(self, std::move(plan), [](auto* front, meter_ptr counted) {
      return front->template spawn<caf::detached>(render_worker, std::move(counted));
    });
  watch_workers(self, [self] { return self->state.queue.get(); });
  return room_behavior(
    self, [self](status_report& r) { self->state.queue->describe(r); },
    [self](const render_region& m) { return self->state.queue->submit(m); });
}

} // namespace

render_worker_actor::behavior_type
render_worker(render_worker_actor::stateful_pointer<render_worker_state> self,
              meter_ptr counted) {
  self->state.counted = std::move(counted);
  yield_to_others();
  return {
    detail::measured(self, [self](const render_region& m) -> caf::result<encoded_image> {
      if (m.who.is_over())
        return caf::make_error(errc::gone, std::string{"nobody waits for it any more"});
      auto out = picture_of(self->state.readers.open(m.source), m);
      out.etag = m.key();
      return out;
    })};
}

room_actor start_plane_render(start_context& at) {
  auto workers = at.config.render_workers > 0
                   ? static_cast<size_t>(at.config.render_workers)
                   : std::max(1u, std::thread::hardware_concurrency());
  return at.offer(at.system.spawn(
    plane_render, dispatcher_plan{"render-worker", workers,
                                  static_cast<size_t>(at.config.queue_limit)}));
}

} // namespace troupe

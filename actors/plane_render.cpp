#include "actors/plane_render.hpp"

#include "actors/digest.hpp"
#include "actors/worker_thread.hpp"
#include "storage/encode/jpeg_pass_through.hpp"
#include "storage/render/overview.hpp"
#include "storage/render/split_view.hpp"

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

std::string key_of(const render::z_projection& p) {
  return p ? fmt::format("p{},{},{},{}", static_cast<int>(p.how), p.z.start, p.z.end,
                         p.z.step)
           : "";
}

std::string key_of(const render::sheet& s) {
  return s == render::sheet{}
           ? ""
           : fmt::format("s{},{},{},{},{},{},{}", s.size.width, s.size.height, s.left,
                         s.top, s.color.red, s.color.green, s.color.blue);
}

std::string key_of(const render::outline& o) {
  return o == render::outline{}
           ? ""
           : fmt::format("o{},{},{},{},{:a}", o.width, o.color.red, o.color.green,
                         o.color.blue, fmt::join(o.points, ","));
}

std::string key_of(const render::finish& f) {
  return f == render::finish{}
           ? ""
           : fmt::format("f{},{},{},{},{}{}{}", f.size.width, f.size.height, f.mirrored,
                         f.quarter_turns, static_cast<int>(f.colors), key_of(f.on),
                         key_of(f.over));
}

std::string render_region::key() const {
  return digest(fmt::format(
    "{}|{}|{}|{}|{},{},{},{}|{}|{}|{}|{:a}|{}|{}|{}|{}", key_of(source), level, at.z,
    at.t, where.x, where.y, where.width, where.height, key_of(settings), significant_bits,
    static_cast<int>(as), quality, key_of(project), panels, key_of(finish), tables));
}

namespace {

std::vector<int32_t> channels_of(const render_region& m) {
  if (as_samples(m))
    return {m.settings.channels.at(0).index};
  auto drawn = m.settings;
  if (m.panels > 0)
    drawn.model = render::model::color; // a grey panel for each of them
  return render::drawn_channels(drawn);
}

image_format format_of(const render_region& m) {
  return m.as == output::png    ? image_format::png
         : m.as == output::tiff ? image_format::tiff
                                : image_format::jpeg;
}

double quality_of(const render_region& m) {
  return m.quality == any_quality ? default_quality : m.quality;
}

encoded_image encoded(const render_region& m, const std::vector<raw_plane>& planes,
                      const render::lut_library& tables) {
  const auto as = format_of(m);
  const auto quality = quality_of(m);
  if (m.panels > 0)
    return encode(
      render::split_view(m.settings, planes, m.panels, m.significant_bits, tables), as,
      quality);
  return encode(render::painter_of(m.settings, planes, {m.where.width, m.where.height},
                                   m.significant_bits, tables),
                as, quality, std::max(1u, std::thread::hardware_concurrency()));
}

encoded_image finished_picture(formats::reader& from, const render_region& m,
                               const render::lut_library& tables) {
  auto size =
    m.finish.size == extent{} ? extent{m.where.width, m.where.height} : m.finish.size;
  auto drawn = render::overview(from, {m.source.series, m.level, m.at, {}, m.where},
                                m.settings, m.significant_bits, size, tables);
  return encode(render::finished(std::move(drawn), m.finish), format_of(m),
                quality_of(m));
}

encoded_image picture_of(formats::reader& from, const render_region& m,
                         const render::lut_library& tables) {
  if (m.finish != render::finish{})
    return finished_picture(from, m, tables);
  auto planes = from.read({m.source.series, m.level, m.at, channels_of(m), m.where});
  if (!as_samples(m))
    return encoded(m, planes, tables);
  extent size{m.where.width, m.where.height};
  return {"application/octet-stream", planes.at(0).samples, size, planes.at(0).type};
}

/// The file's own JPEG, where it is just what is asked for.
std::optional<shared_bytes> stored_picture(formats::fileset_reader& from,
                                           const render_region& m) {
  auto& image = from.describe().images.at(static_cast<size_t>(m.source.series));
  if (m.as != output::jpeg || m.quality != any_quality || m.project || m.panels > 0
      || m.finish != render::finish{}
      || !shows_stored_colors(m.settings, image.type, image.size.c))
    return std::nullopt;
  auto cut = from.set().tiling_of(m.source.series, m.level);
  auto column = m.where.x / cut.tile.width, row = m.where.y / cut.tile.height;
  region tile{column * cut.tile.width, row * cut.tile.height, cut.tile.width,
              cut.tile.height};
  if (m.where != tile || cut.samples != image.size.c)
    return std::nullopt;
  return from.stored_jpeg({.series = m.source.series,
                           .level = m.level,
                           .at = m.at,
                           .column = column,
                           .row = row});
}

encoded_image answer_of(formats::fileset_reader& from, const render_region& m,
                        const render::lut_library& tables) {
  if (auto stored = stored_picture(from, m))
    return {"image/jpeg", *stored, {m.where.width, m.where.height}};
  if (!m.project)
    return picture_of(from, m, tables);
  render::projected_reader stack{from, m.project, max_projection_bytes,
                                 m.settings.profile};
  return picture_of(stack, m, tables);
}

void describe(const formats::tile_cache::figures& tiles, gauges& g) {
  g["cache.tiles.hits"] = tiles.hits;
  g["cache.tiles.misses"] = tiles.misses;
  g["cache.tiles.bytes"] = tiles.bytes;
  g["cache.tiles.entries"] = tiles.entries;
  g["cache.tiles.limit"] = tiles.limit;
  g["cache.tiles.decodingUs"] = tiles.decoding_us;
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
             dispatcher_plan plan, std::shared_ptr<formats::shelves> shelves,
             lut_shelf_ptr tables) {
  using queue = typename decltype(self->state.queue)::element_type;
  self->state.queue = std::make_unique<queue>(
    self, std::move(plan), [shelves, tables](auto* front, meter_ptr counted) {
      return front->template spawn<caf::detached>(render_worker, std::move(counted),
                                                  shelves, tables);
    });
  watch_workers(self, [self] { return self->state.queue.get(); });
  return room_behavior(
    self,
    [self, shelves](status_report& r) {
      self->state.queue->describe(r);
      describe(shelves->tiles.read(), r.actors[0].gauges);
    },
    [self](const render_region& m) { return self->state.queue->submit(m); });
}

} // namespace

render_worker_actor::behavior_type
render_worker(render_worker_actor::stateful_pointer<render_worker_state> self,
              meter_ptr counted, std::shared_ptr<formats::shelves> shelves,
              lut_shelf_ptr tables) {
  self->state.counted = std::move(counted);
  self->state.readers = formats::reader_cache{std::move(shelves)};
  self->state.tables = std::move(tables);
  yield_to_others();
  return {
    detail::measured(self, [self](const render_region& m) -> caf::result<encoded_image> {
      if (m.who.is_over())
        return caf::make_error(errc::gone, std::string{"nobody waits for it any more"});
      auto out = answer_of(self->state.readers.open(m.source), m,
                           self->state.tables->current().tables);
      out.etag = m.key();
      return out;
    })};
}

room_actor start_plane_render(start_context& at) {
  at.tables->current(); // before sessions ask what is known
  auto workers = at.config.render_workers > 0
                   ? static_cast<size_t>(at.config.render_workers)
                   : std::max(1u, std::thread::hardware_concurrency());
  return at.offer(at.system.spawn(
    plane_render,
    dispatcher_plan{"render-worker", workers, static_cast<size_t>(at.config.queue_limit)},
    at.shelves, at.tables));
}

} // namespace troupe

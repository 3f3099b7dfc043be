#include "actors/picture_jobs.hpp"

#include "actors/grant_checks.hpp"
#include "actors/thumbnail_request.hpp"
#include "storage/render/level_region.hpp"
#include "storage/render/split_view.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

render::z_projection projection_of(const image_grant& g, const picture_wish& wish) {
  if (!wish.project)
    return {};
  auto [start, end] = wish.project->sections.value_or(std::pair{0, g.size.z - 1});
  require(start >= 0 && start <= end && end < g.size.z,
          fmt::format("p has sections {} to {}, the image has 0 to {}", start, end,
                      g.size.z - 1));
  return {wish.project->how, {start, end}};
}

render_region request_of(const image_grant& g, const picture_wish& wish) {
  check_usable(g);
  return {.source = g.source,
          .settings = render::apply(wish.change, g.settings),
          .significant_bits = g.significant_bits,
          .as = wish.as,
          .quality = wish.quality.value_or(any_quality),
          .project = projection_of(g, wish),
          .who = wish.who};
}

void check_picture(extent size) {
  require(
    int64_t{size.width} * size.height <= max_picture_pixels,
    fmt::format("{} x {} pixels, one picture holds at most {}: ask for tiles or a region",
                size.width, size.height, max_picture_pixels),
    errc::too_large);
}

} // namespace

render_region job_of(const image_grant& g, const view_plane& m) {
  check_plane(g, m.at);
  auto out = request_of(g, m.wish);
  out.at = m.at;
  out.level = m.level;
  auto size = level_size(g, m.level);
  out.where = m.where ? cut(*m.where, size) : whole(size);
  check_picture({out.where.width, out.where.height});
  return out;
}

render_region job_of(const image_grant& g, const view_scaled& m) {
  check_plane(g, m.at);
  auto out = request_of(g, m.wish);
  auto size = m.finish.size;
  require(size.width > 0 && size.height > 0, "a picture needs at least one pixel");
  check_picture(size);
  check_picture(m.finish.on.size);
  auto from = render::level_for(g.levels, cut(m.where, {g.size.x, g.size.y}), size);
  out.at = m.at;
  out.level = from.level;
  out.where = from.where;
  out.finish = m.finish;
  if (size == extent{out.where.width, out.where.height})
    out.finish.size = {}; // no scaling, and what is stored may be sent
  return out;
}

render_region job_of(const image_grant& g, const view_split& m) {
  check_plane(g, m.at);
  auto out = request_of(g, m.wish);
  auto size = level_size(g, m.level);
  out.at = m.at;
  out.level = m.level;
  out.where = whole(size);
  out.panels = g.size.c;
  check_picture(render::split_layout_of(size, out.panels, out.settings.model).size);
  return out;
}

render_region job_of(const image_grant& g, const view_tile& m) {
  check_plane(g, m.at);
  auto size = level_size(g, m.level);
  auto tile = tiles_of(g.tile);
  auto columns = (size.width + tile.width - 1) / tile.width,
       rows = (size.height + tile.height - 1) / tile.height;
  require(m.column >= 0 && m.column < columns && m.row >= 0 && m.row < rows,
          fmt::format("tile {},{}: level {} has {} x {} tiles", m.column, m.row, m.level,
                      columns, rows),
          errc::not_found);
  auto out = request_of(g, m.wish);
  out.at = m.at;
  out.level = m.level;
  out.where =
    cut({m.column * tile.width, m.row * tile.height, tile.width, tile.height}, size);
  return out;
}

render_region job_of(const image_grant& g, const view_samples& m) {
  check_usable(g);
  check_plane(g, m.at);
  check_channel(g, m.channel);
  auto size = level_size(g, m.level);
  auto where = m.where ? *m.where : whole(size);
  require(
    cut(where, size) == where,
    fmt::format("the region is not inside the {} x {} pixels", size.width, size.height));
  auto bytes =
    int64_t{where.width} * where.height * static_cast<int64_t>(bytes_of(g.type));
  require(bytes <= max_sample_bytes,
          fmt::format("{} bytes, one answer holds at most {}: ask for a region", bytes,
                      max_sample_bytes),
          errc::too_large);
  return {.source = g.source,
          .level = m.level,
          .at = m.at,
          .where = where,
          .settings = {render::model::color, {{.index = m.channel}}},
          .as = output::samples,
          .who = m.who};
}

draw_thumbnail job_of(const image_grant& g, const view_thumbnail& m) {
  check_usable(g);
  auto fits = [](int32_t side) { return side >= 1 && side <= longest_thumbnail; };
  require(m.size ? fits(m.size->width) && fits(m.size->height) : fits(m.longest),
          fmt::format("size must be 1 to {}", longest_thumbnail));
  auto out = thumbnail_of(g, m.longest, m.wish.who, plane_of(g, m.z, m.t),
                          render::apply(m.wish.change, g.settings));
  if (m.size)
    out.size = *m.size;
  out.project = projection_of(g, m.wish);
  return out;
}

} // namespace troupe

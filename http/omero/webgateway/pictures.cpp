// Pictures of planes, tiles and regions.

#include "http/omero/tables.hpp"
#include "http/omero/webgateway/rendering.hpp"
#include "http/omero/webgateway/strict_rendering.hpp"

#include <charconv>

namespace troupe::http::omero {

namespace {

constexpr int32_t longest_tile = 1024;
constexpr double split_quality = 0.9;

/// "1,2,3" as numbers. @throws failure{bad_request} unless there are so many.
std::vector<int32_t> numbers_in(std::string_view text, size_t least, size_t most,
                                const char* form) {
  std::vector<int32_t> out;
  for (auto rest = text; out.size() <= most;) {
    const auto comma = std::min(rest.find(','), rest.size());
    int32_t n = 0;
    const auto end = rest.data() + comma;
    const auto [at, error] = std::from_chars(rest.data(), end, n);
    if (error != std::errc{} || at != end)
      throw failure{errc::bad_request, std::string{"malformed argument: "} + form};
    out.push_back(n);
    if (comma == rest.size())
      break;
    rest.remove_prefix(comma + 1);
  }
  if (out.size() < least || out.size() > most)
    throw failure{errc::bad_request, std::string{"malformed argument: "} + form};
  return out;
}

int32_t tile_side(const std::vector<int32_t>& numbers, size_t i, int32_t own) {
  const auto asked = i < numbers.size() ? numbers[i] : 0;
  return asked <= 0 ? own : std::min(asked, longest_tile);
}

struct part_of_level {
  int32_t level = 0;
  region where;
};

/// "level,column,row[,width,height]", in pixels of that level.
part_of_level tile_in(std::string_view text, const image_grant& g) {
  const auto n = numbers_in(text, 3, 5, "tile=r,x,y[,w,h]");
  if (n[0] < 0 || static_cast<size_t>(n[0]) >= g.levels.size())
    throw failure{errc::bad_request, "invalid resolution level " + std::to_string(n[0])
                                       + ", the image has "
                                       + std::to_string(g.levels.size())};
  const auto own = tiles_of(g.tile);
  const auto width = tile_side(n, 3, own.width), height = tile_side(n, 4, own.height);
  const auto x = int64_t{n[1]} * width, y = int64_t{n[2]} * height;
  const auto size = g.levels[static_cast<size_t>(n[0])];
  if (x < 0 || y < 0 || x >= size.width || y >= size.height)
    throw failure{errc::not_found, "the image has no such tile"};
  return {n[0], {static_cast<int32_t>(x), static_cast<int32_t>(y), width, height}};
}

part_of_level part_in(const web_request& in, const image_grant& g) {
  if (auto tile = in.argument("tile"))
    return tile_in(*tile, g);
  const auto n = numbers_in(*in.argument("region"), 4, 4, "region=x,y,w,h");
  return {0, {n[0], n[1], n[2], n[3]}};
}

web_response whole_plane(call& c) {
  const auto g = c.ask_room(grant_image{.image = c.id("image")});
  return picture_for(c, view_plane{.image = g.image,
                                   .at = plane_in_path(c, g),
                                   .wish = rendering_of(c.in, g.size.z)});
}

web_response part_of_plane(call& c) {
  if (!c.in.argument("tile") && !c.in.argument("region"))
    return plain("tile or region argument required", 400);
  const auto g = c.ask_room(grant_image{.image = c.id("image")});
  view_plane m{.image = g.image, .at = plane_in_path(c, g)};
  try {
    const auto wanted = part_in(c.in, g);
    m.level = wanted.level;
    m.where = wanted.where;
  } catch (const failure& wrong) {
    if (wrong.code == errc::bad_request)
      return plain(wrong.what(), 400);
    throw;
  }
  m.wish = rendering_of_part(c.in);
  return picture_for(c, m);
}

web_response channels_apart(call& c) {
  const auto g = c.ask_room(grant_image{.image = c.id("image")});
  view_split m{
    .image = g.image, .at = plane_in_path(c, g), .wish = rendering_of(c.in, g.size.z)};
  m.wish.quality = m.wish.quality.value_or(split_quality);
  return picture_for(c, m);
}

web_response no_movie(call&) {
  throw failure{errc::not_found, "movies are not made here"};
}

} // namespace

const std::vector<route> gateway_picture_routes = routes_of({
  {"GET", "/webgateway/render_image/{image}", manner::picture, whole_plane},
  {"GET", "/webgateway/render_image/{image}/{z}", manner::picture, whole_plane},
  {"GET", "/webgateway/render_image/{image}/{z}/{t}", manner::picture, whole_plane},
  {"GET", "/webgateway/render_image_rdef/{image}", manner::picture,
   strictly(whole_plane)},
  {"GET", "/webgateway/render_image_rdef/{image}/{z}", manner::picture,
   strictly(whole_plane)},
  {"GET", "/webgateway/render_image_rdef/{image}/{z}/{t}", manner::picture,
   strictly(whole_plane)},
  {"GET", "/webgateway/render_image_region/{image}/{z}/{t}", manner::picture,
   part_of_plane},
  {"GET", "/webgateway/render_image_region_rdef/{image}/{z}/{t}", manner::picture,
   strictly(part_of_plane)},
  {"GET", "/webgateway/render_split_channel/{image}/{z}/{t}", manner::picture,
   channels_apart},
  {"GET", "/webclient/render_split_channel/{image}/{z}/{t}", manner::picture,
   channels_apart},
  {"GET", "/webgateway/render_movie/{rest...}", manner::picture, no_movie},
  {"GET", "/webclient/render_image/{image}", manner::picture, whole_plane},
  {"GET", "/webclient/render_image/{image}/{z}", manner::picture, whole_plane},
  {"GET", "/webclient/render_image/{image}/{z}/{t}", manner::picture, whole_plane},
  {"GET", "/webclient/render_image_region/{image}/{z}/{t}", manner::picture,
   part_of_plane},
});

} // namespace troupe::http::omero

#include "http/omero/webgateway/thumbnails.hpp"

#include "http/omero/tables.hpp"
#include "http/omero/webgateway/rendering.hpp"
#include "storage/encode/encode.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr int32_t usual_thumbnail = 96;

int32_t side_in_path(const call& c, const char* name) {
  const auto side = c.number(name);
  if (side < 1)
    throw failure{errc::not_found, "a thumbnail needs at least one pixel"};
  return std::min(side, longest_thumbnail);
}

std::optional<int32_t> plane_in_query(call& c, const char* name) {
  const auto n = c.integer(name);
  return n ? std::optional{static_cast<int32_t>(*n)} : std::nullopt;
}

/// Somebody's settings of the image by their id.
render::change settings_of_rendering(call& c, int64_t image, int64_t id) {
  const auto all = c.ask(list_renderings{.image = image});
  const auto one = std::ranges::find(all.items, id, &saved_rendering::id);
  if (one == all.items.end())
    throw failure{errc::not_found, "the image has no such settings"};
  render::change out{.model = one->settings.model,
                     .lists_channels = true,
                     .profile = render::profile::omero};
  for (auto& s : one->settings.channels)
    out.channels.push_back({s.index, s.active, s.start, s.end, s.color, s.inverted,
                            s.curve, s.coefficient, s.lut});
  return out;
}

web_response thumbnail_picture(call& c) {
  return picture_for(c, thumbnail_in(c));
}

/// Pages show something in any case.
web_response thumbnail_or_placeholder(call& c) {
  auto out = thumbnail_picture(c);
  if (out.status != 404)
    return out;
  out = {.type = "image/jpeg"};
  out.bytes = placeholder().bytes;
  return out;
}

} // namespace

int32_t width_in_path(const call& c) {
  return c.in.captured.contains("width") ? side_in_path(c, "width") : usual_thumbnail;
}

encoded_image placeholder() {
  constexpr auto side = static_cast<size_t>(usual_thumbnail);
  return encode(render::picture{usual_thumbnail, usual_thumbnail,
                                std::vector<uint8_t>(side * side * 3, 0xDD)},
                image_format::jpeg);
}

view_thumbnail thumbnail_in(call& c) {
  view_thumbnail m{.image = c.id("image"),
                   .longest = width_in_path(c),
                   .z = plane_in_query(c, "z"),
                   .t = plane_in_query(c, "t"),
                   .wish = rendering_of_part(c.in)};
  m.wish.as = output::jpeg;
  if (c.in.captured.contains("height"))
    m.size = extent{m.longest, side_in_path(c, "height")};
  if (const auto rendering = c.integer("rdefId"))
    m.wish.change = settings_of_rendering(c, m.image, *rendering);
  return m;
}

const std::vector<route> gateway_thumbnail_routes = routes_of({
  {"GET", "/webgateway/render_thumbnail/{image}", manner::picture, thumbnail_picture},
  {"GET", "/webgateway/render_thumbnail/{image}/{width}", manner::picture,
   thumbnail_picture},
  {"GET", "/webgateway/render_thumbnail/{image}/{width}/{height}", manner::picture,
   thumbnail_picture},
  {"GET", "/webgateway/render_birds_eye_view/{image}", manner::picture,
   thumbnail_picture},
  {"GET", "/webgateway/render_birds_eye_view/{image}/{width}", manner::picture,
   thumbnail_picture},
  {"GET", "/webclient/render_thumbnail/{image}", manner::picture,
   thumbnail_or_placeholder},
  {"GET", "/webclient/render_thumbnail/size/{width}/{image}", manner::picture,
   thumbnail_or_placeholder},
  {"GET", "/webclient/render_birds_eye_view/{image}", manner::picture, thumbnail_picture},
  {"GET", "/webclient/render_birds_eye_view/{image}/{width}", manner::picture,
   thumbnail_picture},
});

} // namespace troupe::http::omero

// Thumbnails as pictures.

#include "http/omero/webgateway/thumbnails.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/rendering.hpp"

namespace troupe::http::omero {

namespace {

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

web_response thumbnail_picture(call& c) {
  return picture_for(c, thumbnail_in(c));
}

} // namespace

view_thumbnail thumbnail_in(call& c) {
  view_thumbnail m{.image = c.id("image"),
                   .z = plane_in_query(c, "z"),
                   .t = plane_in_query(c, "t"),
                   .wish = rendering_of_part(c.in)};
  m.wish.as = output::jpeg;
  if (c.in.captured.contains("width"))
    m.longest = side_in_path(c, "width");
  if (c.in.captured.contains("height"))
    m.size = extent{m.longest, side_in_path(c, "height")};
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
  {"GET", "/webclient/render_birds_eye_view/{image}", manner::picture, thumbnail_picture},
  {"GET", "/webclient/render_birds_eye_view/{image}/{width}", manner::picture,
   thumbnail_picture},
});

} // namespace troupe::http::omero

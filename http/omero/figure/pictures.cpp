// Pictures of panels: any region, in the size that is shown.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/paper.hpp"
#include "http/omero/webgateway/rendering.hpp"
#include "http/omero/webgateway/thumbnails.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace troupe::http::omero {

namespace {

constexpr int32_t usual_longest = 2000, longest_panel = 20'000;
constexpr double farthest_region = 1e8; // pixels

/// "x,y,width,height", also with decimals. @throws failure{bad_request}.
any_region panel_region_in(std::string_view text) {
  double n[4]{};
  auto at = text.data();
  const auto end = at + text.size();
  for (size_t i = 0; i < std::size(n); ++i) {
    const auto [stop, error] = std::from_chars(at, end, n[i]);
    const bool last = i + 1 == std::size(n);
    if (error != std::errc{} || !(std::abs(n[i]) <= farthest_region)
        || (last ? stop != end : stop == end || *stop != ','))
      throw failure{errc::bad_request, "region is not x,y,width,height"};
    at = last ? stop : stop + 1;
  }
  if (n[2] < 1 || n[3] < 1)
    throw failure{errc::bad_request, "region has no pixels"};
  return {n[0], n[1], n[2], n[3]};
}

view_scaled panel_of(call& c, const image_grant& g, const any_region& r) {
  const auto longest =
    std::clamp<int64_t>(c.integer_or("max_size", usual_longest), 1, longest_panel);
  const auto scale =
    std::min(1.0, static_cast<double>(longest) / std::max(r.width, r.height));
  view_scaled m{
    .image = g.image, .at = plane_in_path(c, g), .wish = rendering_of(c.in, g.size.z)};
  lay_on_paper(m, r, g.size, scale);
  m.wish.as = output::jpeg;
  return m;
}

web_response panel_picture(call& c) {
  const auto wanted = panel_region_in(c.field("region").value_or(""));
  const auto g = c.ask_room(grant_image{.image = c.id("image")});
  return picture_for(c, panel_of(c, g, wanted));
}

/// Said in the place of a projection that would take too long.
web_response no_projection(call&) {
  return picture_answer(placeholder());
}

web_response panel_thumbnail(call& c) {
  auto out = picture_for(c, thumbnail_in(c));
  return out.status == 404 ? picture_answer(placeholder()) : out;
}

} // namespace

const std::vector<route> figure_picture_routes = routes_of({
  {"GET", "/figure/render_scaled_region/{image}/{z}/{t}", manner::picture, panel_picture},
  {"GET", "/figure/max_projection_range_exceeded/{rest...}", manner::picture,
   no_projection},
  {"GET", "/figure/render_thumbnail/{image}", manner::picture, panel_thumbnail},
});

} // namespace troupe::http::omero

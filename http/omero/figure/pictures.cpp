// Pictures of panels: any region, in the size that is shown.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/rendering.hpp"
#include "http/omero/webgateway/thumbnails.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace troupe::http::omero {

namespace {

constexpr rgba white_paper{0xdd, 0xdd, 0xdd, 255};
constexpr int32_t usual_longest = 2000, longest_panel = 20'000;
constexpr double farthest_region = 1e8; // pixels

struct panel_region {
  double x = 0, y = 0, width = 0, height = 0;
};

/// "x,y,width,height", also with decimals. @throws failure{bad_request}.
panel_region panel_region_in(std::string_view text) {
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

int32_t scaled_side(double side, double scale) {
  return std::max(1, static_cast<int32_t>(std::lround(side * scale)));
}

/// What of the region lies on the image; the rest is white_paper.
/// @returns nothing when all of it is.
std::optional<region> seen_part(const panel_region& r, const dimensions& size) {
  const auto left =
               static_cast<int32_t>(std::clamp(std::floor(r.x), 0.0, double(size.x))),
             top = static_cast<int32_t>(std::clamp(std::floor(r.y), 0.0, double(size.y))),
             right = static_cast<int32_t>(
               std::clamp(std::floor(r.x + r.width), 0.0, double(size.x))),
             bottom = static_cast<int32_t>(
               std::clamp(std::floor(r.y + r.height), 0.0, double(size.y)));
  if (right <= left || bottom <= top)
    return std::nullopt;
  return region{left, top, right - left, bottom - top};
}

render::finish finish_of(const panel_region& r, const region& seen, double scale) {
  render::finish out{
    .size = {scaled_side(seen.width, scale), scaled_side(seen.height, scale)}};
  const extent whole{scaled_side(r.width, scale), scaled_side(r.height, scale)};
  const auto left = static_cast<int32_t>(std::lround((seen.x - std::floor(r.x)) * scale)),
             top = static_cast<int32_t>(std::lround((seen.y - std::floor(r.y)) * scale));
  if (whole != out.size || left != 0 || top != 0)
    out.on = {whole, left, top, white_paper};
  return out;
}

view_scaled panel_of(call& c, const image_grant& g, const panel_region& r) {
  const auto longest =
    std::clamp<int64_t>(c.integer_or("max_size", usual_longest), 1, longest_panel);
  const auto scale =
    std::min(1.0, static_cast<double>(longest) / std::max(r.width, r.height));
  view_scaled m{
    .image = g.image, .at = plane_in_path(c, g), .wish = rendering_of(c.in, g.size.z)};
  if (const auto seen = seen_part(r, g.size)) {
    m.where = *seen;
    m.finish = finish_of(r, *seen, scale);
  } else { // some pixel, beside the sheet
    const extent whole{scaled_side(r.width, scale), scaled_side(r.height, scale)};
    m.where = {0, 0, 1, 1};
    m.finish = {.size = {1, 1}, .on = {whole, whole.width, 0, white_paper}};
  }
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

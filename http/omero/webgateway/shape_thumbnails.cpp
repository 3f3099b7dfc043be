// A shape on what lies around it, in a small picture.

#include "http/omero/tables.hpp"
#include "http/omero/webgateway/paper.hpp"
#include "http/omero/webgateway/rendering.hpp"
#include "schema/queries/draw.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace troupe::http::omero {

namespace {

constexpr double thumbnail_width = 250, aspect = 1.5;
constexpr double room_around = 1.5; ///< times the box of the shape
constexpr int32_t line_width = 2;
constexpr double mark_radius = 5; ///< of a point, image pixels

using point_list = std::vector<double>; ///< x and y of each

point_list box_line(double x, double y, double width, double height) {
  return {x, y, x + width, y, x + width, y + height, x, y + height, x, y};
}

point_list ellipse_line(double x, double y, double radius_x, double radius_y) {
  constexpr int corners = 64;
  point_list out;
  for (int i = 0; i <= corners; ++i) {
    const auto angle = 2 * std::numbers::pi * i / corners;
    out.push_back(x + radius_x * std::cos(angle));
    out.push_back(y + radius_y * std::sin(angle));
  }
  return out;
}

/// In pixels of the image, before the transform.
point_list line_of(const std::string& kind, const point_list& g) {
  if (kind == "rectangle" || kind == "mask")
    return box_line(g.at(0), g.at(1), g.at(2), g.at(3));
  if (kind == "ellipse")
    return ellipse_line(g.at(0), g.at(1), g.at(2), g.at(3));
  if (kind == "point" || kind == "label")
    return ellipse_line(g.at(0), g.at(1), mark_radius, mark_radius);
  auto out = g;
  if (kind == "polygon" && g.size() >= 2)
    out.insert(out.end(), g.begin(), g.begin() + 2);
  return out;
}

void transform(point_list& points, const json& m) {
  if (!m.is_array() || m.size() != 6)
    return;
  const auto a = m.get<std::vector<double>>();
  for (size_t i = 0; i + 1 < points.size(); i += 2) {
    const auto x = points[i], y = points[i + 1];
    points[i] = a[0] * x + a[2] * y + a[4];
    points[i + 1] = a[1] * x + a[3] * y + a[5];
  }
}

/// The box of the line and some room, as wide as the picture at least.
any_region around(const point_list& points) {
  double left = points[0], right = left, top = points[1], bottom = top;
  for (size_t i = 0; i + 1 < points.size(); i += 2) {
    left = std::min(left, points[i]);
    right = std::max(right, points[i]);
    top = std::min(top, points[i + 1]);
    bottom = std::max(bottom, points[i + 1]);
  }
  const auto width = std::max({thumbnail_width, room_around * (right - left),
                               room_around * aspect * (bottom - top)});
  const auto height = width / aspect;
  return {std::floor((left + right - width) / 2), std::floor((top + bottom - height) / 2),
          width, height};
}

rgba line_color(const web_request& in) {
  const auto name = in.argument("color").value_or("fff");
  if (name == "fff")
    return {255, 255, 255, 255};
  if (name == "000")
    return {0, 0, 0, 255};
  if (name == "0f0")
    return {0, 255, 0, 255};
  if (name == "00f")
    return {0, 0, 255, 255};
  return name == "ff0" ? rgba{255, 255, 0, 255} : rgba{255, 0, 0, 255};
}

/// A shape on all planes is shown on the first.
int32_t plane_of_shape(const json& shape, const char* axis, int32_t shown_first) {
  const auto& at = shape.at(axis);
  return at.is_number() ? at.get<int32_t>() : shown_first;
}

web_response picture_of_shape(call& c, int64_t image, const json& shape) {
  auto points = line_of(shape.at("kind"), shape.at("geometry").get<point_list>());
  if (points.size() < 4)
    throw failure{errc::not_found, "the shape has no line"};
  transform(points, shape.at("transform"));
  const auto g = c.ask_room(grant_image{.image = image});
  const auto region = around(points);
  const auto scale = thumbnail_width / region.width;
  view_scaled m{
    .image = image,
    .at = {plane_of_shape(shape, "z", g.first.z), plane_of_shape(shape, "t", g.first.t)},
    .wish = rendering_of_part(c.in)};
  lay_on_paper(m, region, g.size, scale);
  for (size_t i = 0; i + 1 < points.size(); i += 2) {
    points[i] = (points[i] - region.x) * scale;
    points[i + 1] = (points[i + 1] - region.y) * scale;
  }
  m.finish.over = {std::move(points), line_color(c.in), line_width};
  m.wish.as = output::jpeg;
  return picture_for(c, m);
}

web_response shape_thumbnail(call& c) {
  const auto shape = json::parse(c.ask(find_shape{.shape = c.id("shape")}).text);
  if (!shape.at("image").is_number())
    throw failure{errc::not_found, "the shape is on no image"};
  return picture_of_shape(c, shape["image"], shape);
}

/// Of its first shape.
web_response roi_thumbnail(call& c) {
  const auto roi = json::parse(c.ask(find_roi{.roi = c.id("roi")}).text);
  if (!roi.at("image").is_number() || roi.at("shapes").empty())
    throw failure{errc::not_found, "the region shows nothing"};
  return picture_of_shape(c, roi["image"], roi["shapes"][0]);
}

} // namespace

const std::vector<route> gateway_shape_thumbnail_routes = routes_of({
  {"GET", "/webgateway/render_roi_thumbnail/{roi}", manner::picture, roi_thumbnail},
  {"GET", "/webgateway/render_shape_thumbnail/{shape}", manner::picture, shape_thumbnail},
});

} // namespace troupe::http::omero

#include "http/shape_json.hpp"

#include "http/arguments.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace troupe::http {

using nlohmann::json;

namespace {

constexpr size_t most_points = 100'000;

double number_in(const json& body, const char* name) {
  auto i = body.find(name);
  if (i == body.end() || !i->is_number() || !std::isfinite(i->get<double>()))
    throw failure{errc::bad_request,
                  fmt::format("the shape's {} is missing or no number", name)};
  return i->get<double>();
}

double length_in(const json& body, const char* name) {
  auto n = number_in(body, name);
  if (n < 0)
    throw failure{errc::bad_request, fmt::format("the shape's {} is below 0", name)};
  return n;
}

std::vector<measurement::point> points_in(const json& body) {
  auto list = body.find("points");
  if (list == body.end() || !list->is_array() || list->empty()
      || list->size() > most_points)
    throw failure{
      errc::bad_request,
      fmt::format("points must be a list of 1 to {} pairs [x, y]", most_points)};
  std::vector<measurement::point> out;
  for (auto& p : *list) {
    if (!p.is_array() || p.size() != 2 || !p[0].is_number() || !p[1].is_number())
      throw failure{errc::bad_request, "a point is a pair [x, y]"};
    out.push_back({p[0].get<double>(), p[1].get<double>()});
  }
  return out;
}

} // namespace

measurement::shape shape_in(const json& body) {
  auto n = [&](const char* name) { return number_in(body, name); };
  auto type = text_field(body, "type");
  if (type == "point")
    return measurement::point{n("x"), n("y")};
  if (type == "rectangle")
    return measurement::rectangle{n("x"), n("y"), length_in(body, "width"),
                                  length_in(body, "height")};
  if (type == "ellipse")
    return measurement::ellipse{n("x"), n("y"), length_in(body, "radiusX"),
                                length_in(body, "radiusY")};
  if (type == "line")
    return measurement::line{{n("x1"), n("y1")}, {n("x2"), n("y2")}};
  if (type == "polygon")
    return measurement::polygon{points_in(body)};
  if (type == "polyline")
    return measurement::polyline{points_in(body)};
  throw failure{errc::bad_request,
                "type must be point, rectangle, ellipse, line, polygon or polyline"};
}

} // namespace troupe::http

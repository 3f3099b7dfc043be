#include "storage/metadata/roi.hpp"

#include <algorithm>
#include <utility>

namespace troupe::metadata {
namespace {

constexpr std::pair<shape_kind, std::string_view> shape_names[] = {
  {shape_kind::rectangle, "Rectangle"}, {shape_kind::ellipse, "Ellipse"},
  {shape_kind::point, "Point"},         {shape_kind::line, "Line"},
  {shape_kind::polyline, "Polyline"},   {shape_kind::polygon, "Polygon"},
  {shape_kind::label, "Label"},         {shape_kind::mask, "Mask"}};

/// Points, x and y in turn, whose hull has the shape's box.
std::vector<double> corners(const shape& s) {
  const auto& g = s.geometry;
  auto box = [](double left, double top, double right, double bottom) {
    return std::vector{left, top, right, top, right, bottom, left, bottom};
  };
  switch (s.kind) {
    case shape_kind::rectangle:
    case shape_kind::mask: return box(g[0], g[1], g[0] + g[2], g[1] + g[3]);
    case shape_kind::ellipse:
      return box(g[0] - g[2], g[1] - g[3], g[0] + g[2], g[1] + g[3]);
    default: return g;
  }
}

} // namespace

std::string_view name_of(shape_kind kind) {
  return shape_names[static_cast<size_t>(kind)].second;
}

std::optional<shape_kind> shape_kind_of(std::string_view ome_name) {
  for (auto& [kind, name] : shape_names)
    if (name == ome_name)
      return kind;
  return std::nullopt;
}

bounds bounds_of(const shape& s) {
  const auto move = s.transform.value_or(affine{});
  bounds box{1e300, 1e300, -1e300, -1e300};
  const auto points = corners(s);
  for (size_t i = 0; i + 1 < points.size(); i += 2) {
    const auto x = move.a00 * points[i] + move.a01 * points[i + 1] + move.a02,
               y = move.a10 * points[i] + move.a11 * points[i + 1] + move.a12;
    box = {std::min(box[0], x), std::min(box[1], y), std::max(box[2], x),
           std::max(box[3], y)};
  }
  return box;
}

} // namespace troupe::metadata

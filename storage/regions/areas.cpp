#include "storage/regions/areas.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace troupe::regions {
namespace {

using measurement::point;
using metadata::shape;
using metadata::shape_kind;

constexpr size_t most_rings = 20'000;
constexpr int ellipse_corners = 96;

bool same(const point& a, const point& b) {
  return a.x == b.x && a.y == b.y;
}

/// Where the point at `from` comes again, at least a triangle later. @returns the size
/// when it does not.
size_t recurrence(const ring& r, size_t from) {
  for (auto i = from + 3; i < r.size(); ++i)
    if (same(r[i], r[from]))
      return i;
  return r.size();
}

double signed_area(const ring& r) {
  double sum = 0;
  for (size_t i = 0; i < r.size(); ++i) {
    const auto& a = r[i];
    const auto& b = r[(i + 1) % r.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum / 2;
}

struct sized_ring {
  ring points;
  double size = 0;
  measurement::rectangle box;
  size_t depth = 0; ///< how many are around it
  size_t area = 0;  ///< which it belongs to
};

sized_ring sized(ring points) {
  sized_ring r;
  r.size = std::abs(signed_area(points));
  auto [left, right] = std::ranges::minmax(points, {}, &point::x);
  auto [top, bottom] = std::ranges::minmax(points, {}, &point::y);
  r.box = {left.x, top.y, right.x - left.x, bottom.y - top.y};
  r.points = std::move(points);
  return r;
}

bool is_inside(const sized_ring& r, const point& p) {
  if (p.x < r.box.x || p.y < r.box.y || p.x > r.box.x + r.box.width
      || p.y > r.box.y + r.box.height)
    return false;
  bool inside = false;
  for (size_t i = 0; i < r.points.size(); ++i) {
    const auto& a = r.points[i];
    const auto& b = r.points[(i + 1) % r.points.size()];
    if ((a.y <= p.y) != (b.y <= p.y)
        && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x))
      inside = !inside;
  }
  return inside;
}

/// In the middle of an edge: corners may be shared with others.
point probe_of(const ring& r) {
  return {(r[0].x + r[1].x) / 2, (r[0].y + r[1].y) / 2};
}

point moved(const metadata::affine& m, double x, double y) {
  return {m.a00 * x + m.a01 * y + m.a02, m.a10 * x + m.a11 * y + m.a12};
}

bool keeps_axes(const metadata::affine& m) {
  return m.a01 == 0 && m.a10 == 0 && m.a00 > 0 && m.a11 > 0;
}

ring corners(double x, double y, double width, double height) {
  return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

ring ellipse_ring(const std::vector<double>& g) {
  ring r;
  for (int i = 0; i < ellipse_corners; ++i) {
    const auto angle = 2 * std::numbers::pi * i / ellipse_corners;
    r.push_back({g[0] + g[2] * std::cos(angle), g[1] + g[3] * std::sin(angle)});
  }
  return r;
}

shape polygon_like(const shape& s, const ring& r) {
  auto out = s;
  out.kind = shape_kind::polygon;
  out.geometry = geometry_of(r);
  out.mask = {};
  out.transform.reset();
  return out;
}

ring moved(const metadata::affine& m, ring r) {
  for (auto& p : r)
    p = moved(m, p.x, p.y);
  return r;
}

/// With a transform that keeps the axes.
shape scaled(const shape& s, const metadata::affine& m) {
  auto out = s;
  out.transform.reset();
  const auto& g = s.geometry;
  const auto at = moved(m, g[0], g[1]);
  out.geometry = {at.x, at.y, g[2] * m.a00, g[3] * m.a11};
  return out;
}

std::vector<shape> moved_mask(const shape& s, const metadata::affine& m) {
  if (keeps_axes(m) && m.a00 == 1 && m.a11 == 1)
    return {scaled(s, m)};
  std::vector<shape> out;
  for (auto& a : outlines(s))
    out.push_back(polygon_like(s, moved(m, with_bridges(a))));
  return out;
}

} // namespace

ring ring_of(const std::vector<double>& geometry) {
  ring r;
  for (size_t i = 0; i + 1 < geometry.size(); i += 2)
    r.push_back({geometry[i], geometry[i + 1]});
  return r;
}

std::vector<double> geometry_of(const ring& r) {
  std::vector<double> out;
  for (auto& p : r) {
    out.push_back(p.x);
    out.push_back(p.y);
  }
  return out;
}

ring with_bridges(const area& a) {
  auto out = a.outer;
  if (a.holes.empty())
    return out;
  const auto start = out.front();
  out.push_back(start);
  for (auto& hole : a.holes) {
    out.insert(out.end(), hole.begin(), hole.end());
    out.push_back(hole.front());
    out.push_back(start);
  }
  return out;
}

area without_bridges(const ring& r) {
  if (r.empty())
    return {};
  const auto end = recurrence(r, 0);
  area out;
  out.outer.assign(r.begin(), r.begin() + static_cast<std::ptrdiff_t>(end));
  for (auto i = end + 1; i < r.size();) {
    const auto back = recurrence(r, i);
    if (back + 1 >= r.size() || !same(r[back + 1], r[0]))
      return {r, {}};
    out.holes.emplace_back(r.begin() + static_cast<std::ptrdiff_t>(i),
                           r.begin() + static_cast<std::ptrdiff_t>(back));
    i = back + 2;
  }
  return out;
}

std::vector<area> sorted(std::vector<ring> rings) {
  std::erase_if(rings, [](auto& r) { return r.size() < 3; });
  if (rings.size() > most_rings)
    throw failure{errc::too_large, "a shape has too many parts"};
  std::vector<sized_ring> all;
  for (auto& r : rings)
    all.push_back(sized(std::move(r)));
  std::ranges::stable_sort(all, std::greater{}, &sized_ring::size);
  std::vector<area> out;
  for (size_t i = 0; i < all.size(); ++i) {
    const auto probe = probe_of(all[i].points);
    const sized_ring* around = nullptr; // the smallest
    for (size_t n = i; n-- > 0 && !around;)
      if (is_inside(all[n], probe))
        around = &all[n];
    all[i].depth = around ? around->depth + 1 : 0;
    if (all[i].depth % 2 == 1) {
      all[i].area = around->area;
      out[around->area].holes.push_back(all[i].points);
    } else {
      all[i].area = out.size();
      out.push_back({all[i].points, {}});
    }
  }
  return out;
}

std::vector<shape> flattened(const shape& s) {
  if (!s.transform)
    return {s};
  const auto& m = *s.transform;
  const auto& g = s.geometry;
  switch (s.kind) {
    case shape_kind::mask: return moved_mask(s, m);
    case shape_kind::rectangle:
      return {keeps_axes(m) ? scaled(s, m)
                            : polygon_like(s, moved(m, corners(g[0], g[1], g[2], g[3])))};
    case shape_kind::ellipse:
      return {keeps_axes(m) ? scaled(s, m) : polygon_like(s, moved(m, ellipse_ring(g)))};
    default: break;
  }
  auto out = s;
  out.transform.reset();
  out.geometry = geometry_of(moved(m, ring_of(g)));
  return {out};
}

std::vector<area> areas_of(const shape& flat) {
  const auto& g = flat.geometry;
  switch (flat.kind) {
    case shape_kind::rectangle: return {{corners(g[0], g[1], g[2], g[3]), {}}};
    case shape_kind::ellipse: return {{ellipse_ring(g), {}}};
    case shape_kind::polygon: return {without_bridges(ring_of(g))};
    case shape_kind::mask: return outlines(flat);
    default: return {};
  }
}

measurement::shape measured_shape(const shape& flat) {
  const auto& g = flat.geometry;
  switch (flat.kind) {
    case shape_kind::rectangle: return measurement::rectangle{g[0], g[1], g[2], g[3]};
    case shape_kind::ellipse: return measurement::ellipse{g[0], g[1], g[2], g[3]};
    case shape_kind::point:
    case shape_kind::label: return point{g[0], g[1]};
    case shape_kind::line: return measurement::line{{g[0], g[1]}, {g[2], g[3]}};
    case shape_kind::polyline: return measurement::polyline{ring_of(g)};
    case shape_kind::polygon: return measurement::polygon{ring_of(g)};
    case shape_kind::mask:
      return measurement::mask{{g[0], g[1], g[2], g[3]},
                               {flat.mask.data(), flat.mask.data() + flat.mask.size()}};
  }
  return point{};
}

} // namespace troupe::regions

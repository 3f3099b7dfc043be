#include "storage/measurement/shape.hpp"

#include "storage/render/view_region.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace troupe::measurement {
namespace {

using visitor = std::function<void(int32_t, int32_t)>;

/// A sample counts when the square of this side at its place touches the shape.
constexpr double probe = 0.001;
/// Lines are walked in steps of this length.
constexpr double stride = 0.1;

rectangle box_of(const std::vector<point>& points) {
  if (points.empty())
    return {};
  auto [left, right] = std::ranges::minmax(points, {}, &point::x);
  auto [top, bottom] = std::ranges::minmax(points, {}, &point::y);
  return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

struct box_of_shape {
  rectangle operator()(const point& p) const { return {p.x, p.y, 0, 0}; }
  rectangle operator()(const rectangle& r) const { return r; }
  rectangle operator()(const ellipse& e) const {
    return {e.x - e.radius_x, e.y - e.radius_y, 2 * e.radius_x, 2 * e.radius_y};
  }
  rectangle operator()(const polygon& p) const { return box_of(p.points); }
  rectangle operator()(const line& l) const { return box_of({l.from, l.to}); }
  rectangle operator()(const polyline& l) const { return box_of(l.points); }
  rectangle operator()(const mask& m) const { return m.box; }
};

bool touches(const rectangle&, double, double) {
  return true; // the walk visits nothing else
}

bool touches(const ellipse& e, double x, double y) {
  auto nearest = [](double low, double high) {
    return low > 0 ? low : high < 0 ? high : 0.0;
  };
  const auto width = 2 * e.radius_x, height = 2 * e.radius_y;
  if (!(width > 0 && height > 0))
    return false;
  const auto left = (x - (e.x - e.radius_x)) / width - 0.5;
  const auto top = (y - (e.y - e.radius_y)) / height - 0.5;
  const auto dx = nearest(left, left + probe / width);
  const auto dy = nearest(top, top + probe / height);
  return dx * dx + dy * dy < 0.25;
}

/// Whether a line passes through the inside of the probe at (x, y).
bool crosses_probe(const point& a, const point& b, double x, double y) {
  auto from = 0.0, to = 1.0;
  auto clip = [&](double start, double delta, double low, double high) {
    if (delta == 0) {
      if (start <= low || start >= high)
        to = -1;
      return;
    }
    const auto t0 = (low - start) / delta, t1 = (high - start) / delta;
    from = std::max(from, std::min(t0, t1));
    to = std::min(to, std::max(t0, t1));
  };
  clip(a.x, b.x - a.x, x, x + probe);
  clip(a.y, b.y - a.y, y, y + probe);
  return from < to;
}

bool touches(const polygon& p, double x, double y) {
  auto inside = false;
  const auto cx = x + probe / 2, cy = y + probe / 2;
  for (size_t i = 0; i < p.points.size(); ++i) {
    const auto& a = p.points[i];
    const auto& b = p.points[(i + 1) % p.points.size()];
    if (crosses_probe(a, b, x, y))
      return true;
    if ((a.y <= cy) != (b.y <= cy) && cx < a.x + (cy - a.y) / (b.y - a.y) * (b.x - a.x))
      inside = !inside;
  }
  return inside;
}

/// First place of a walk from `start` in steps of 1 that may be inside `low`.
double skipped(double start, int32_t low) {
  return start < low - 1.0 ? start + std::floor(low - 1.0 - start) : start;
}

/// Walks a box from its corner, which may be fractional; places are truncated.
template <class Shape>
void walk(const Shape& s, const rectangle& box, const region& within,
          const visitor& visit) {
  const auto right = std::min<double>(box.x + box.width, within.x + within.width);
  const auto bottom = std::min<double>(box.y + box.height, within.y + within.height);
  for (auto y = skipped(box.y, within.y); y < bottom; ++y)
    for (auto x = skipped(box.x, within.x); x < right; ++x) {
      const auto column = static_cast<int32_t>(x), row = static_cast<int32_t>(y);
      if (column >= within.x && row >= within.y && touches(s, x, y))
        visit(column, row);
    }
}

bool contains(const region& r, double x, double y) {
  return x >= r.x && y >= r.y && x - r.x < r.width && y - r.y < r.height;
}

void walk_line(const line& l, const region& within, const visitor& visit) {
  const auto dx = l.to.x - l.from.x, dy = l.to.y - l.from.y;
  const auto length = std::hypot(dx, dy);
  constexpr double longest = 1e7; // pixels; no image is larger
  if (!(length <= longest))
    return;
  std::set<std::pair<int32_t, int32_t>> seen; // row, column
  for (double at = 0; at <= length + stride; at += stride) {
    const auto share = length > 0 ? at / length : 0;
    const auto x = std::floor(l.from.x + dx * share);
    const auto y = std::floor(l.from.y + dy * share);
    if (contains(within, x, y))
      seen.emplace(static_cast<int32_t>(y), static_cast<int32_t>(x));
  }
  for (auto [y, x] : seen)
    visit(x, y);
}

/// Without fraction, and no larger than any image.
int64_t whole(double v) {
  return std::isnan(v) ? 0 : static_cast<int64_t>(std::clamp(v, -1e9, 1e9));
}

void walk_mask(const mask& m, const region& within, const visitor& visit,
               render::profile rules) {
  if (rules == render::profile::omero)
    return walk(m.box, m.box, within, visit);
  const auto left = whole(m.box.x), top = whole(m.box.y);
  const auto width = whole(m.box.width), height = whole(m.box.height);
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x) {
      const auto bit = static_cast<size_t>(y * width + x);
      if (bit / 8 >= m.bits.size())
        return;
      if ((m.bits[bit / 8] >> (7 - bit % 8) & 1) != 0
          && contains(within, static_cast<double>(left + x),
                      static_cast<double>(top + y)))
        visit(static_cast<int32_t>(left + x), static_cast<int32_t>(top + y));
    }
}

struct walk_shape {
  const region& within;
  const visitor& visit;
  render::profile rules;

  void operator()(const point& p) const {
    const auto x = std::trunc(p.x), y = std::trunc(p.y);
    if (contains(within, x, y))
      visit(static_cast<int32_t>(x), static_cast<int32_t>(y));
  }
  void operator()(const line& l) const { walk_line(l, within, visit); }
  void operator()(const polyline& l) const {
    for (size_t i = 1; i < l.points.size(); ++i)
      walk_line({l.points[i - 1], l.points[i]}, within, visit);
  }
  void operator()(const mask& m) const { walk_mask(m, within, visit, rules); }
  template <class Area>
  void operator()(const Area& a) const {
    walk(a, box_of_shape{}(a), within, visit);
  }
};

} // namespace

std::optional<region> bounds_of(const shape& s, extent image) {
  // One pixel of margin for rounding.
  const auto box = std::visit(box_of_shape{}, s);
  auto place = [](double v) { return static_cast<int32_t>(whole(v)); };
  const auto x = place(std::floor(box.x) - 1), y = place(std::floor(box.y) - 1);
  return render::clipped({x, y, place(std::ceil(box.x + box.width) + 2) - x,
                          place(std::ceil(box.y + box.height) + 2) - y},
                         image);
}

void for_each_sample_of(const shape& s, const region& within, const visitor& visit,
                        render::profile rules) {
  std::visit(walk_shape{within, visit, rules}, s);
}

} // namespace troupe::measurement

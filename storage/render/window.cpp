// The window and the statistics that are used. Rendering reference, section 3.1.

#include "storage/render/draw.hpp"
#include "storage/render/quantise.hpp"
#include "storage/render/range.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

/// Whether an interval can be a window of the type; false for NaN.
bool is_acceptable(double start, double end, pixel_type type) {
  if (type == pixel_type::bit || !(start <= end))
    return false;
  return !is_integer(type) || end - start < std::ldexp(1.0, 8 * bytes_of(type));
}

} // namespace

std::pair<double, double> effective_window(const quantisation& q) {
  const auto [low, high] = range_of(q.type, q.significant_bits);
  if (!is_acceptable(q.start, q.end, q.type))
    return {low, high};
  if (q.profile == profile::omero)
    return {std::max(q.start, low), std::min(q.end, high)};
  if (!is_integer(q.type))
    return {q.start, q.end};
  return {std::clamp(q.start, low, high), std::clamp(q.end, low, high)};
}

std::pair<double, double> known_range(const quantisation& q) {
  const auto [low, high] = range_of(q.type, q.significant_bits);
  if (!q.statistics)
    return {low, high};
  const auto first = std::clamp(q.statistics->first, low, high);
  const auto last = std::clamp(q.statistics->second, low, high);
  if (!is_acceptable(first, last, q.type))
    return {low, high};
  return {std::floor(first), last};
}

} // namespace troupe::render

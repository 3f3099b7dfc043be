#include "storage/render/integer_line.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

constexpr int fraction = 24; // bits behind the point of a scaled level

/// Whether both lines reach every level at the same sample: both rise, so all others are
/// equal too.
bool is_same(const integer_line& whole, const straight_line& line, double origin) {
  auto exact = [&](double x) {
    return x < line.start ? 0
           : x >= line.end
             ? 255
             : static_cast<int>(std::floor(line.slope * x - line.intercept + 0.5));
  };
  auto level = [&](double n) {
    return static_cast<int>(whole.scaled(static_cast<uint32_t>(n)) >> fraction);
  };
  if (whole.scaled(whole.width) >> 32 != 0 || level(0) != exact(origin)
      || level(whole.width) != 255)
    return false;
  double n = 0;
  for (int k = 1; k <= 255; ++k) {
    n = std::clamp(std::ceil((k - 0.5 + line.intercept) / line.slope - origin), 1.0,
                   static_cast<double>(whole.width));
    while (n > 1 && exact(origin + n - 1) >= k)
      --n;
    while (n < whole.width && exact(origin + n) < k)
      ++n;
    if (level(n) < k || level(n - 1) >= k)
      return false;
  }
  return true;
}

} // namespace

std::optional<integer_line> integer_line_of(const straight_line& line, pixel_type type) {
  const auto lowest = type == pixel_type::int16 ? -32768.0 : 0.0;
  const auto origin = std::floor(line.start);
  const auto width = std::min(std::ceil(line.end), lowest + 65535) - origin;
  if (origin < lowest || width < 1)
    return std::nullopt;
  integer_line whole;
  whole.flipped = type == pixel_type::int16 ? 0x8000 : 0;
  whole.first = static_cast<uint16_t>(origin - lowest);
  whole.width = static_cast<uint16_t>(width);
  const auto slope = std::ldexp(line.slope, fraction);
  whole.high = static_cast<uint32_t>(slope);
  whole.low = static_cast<uint32_t>(std::ldexp(slope - whole.high, 16));
  const auto half = (line.slope * (origin - line.start) + 0.5) * (1 << fraction);
  for (auto nudge : {8, -8}) { // samples exactly between two levels: all up, all down
    if (half + nudge < 0)
      return std::nullopt;
    whole.rounding = static_cast<uint32_t>(half + nudge);
    if (is_same(whole, line, origin))
      return whole;
  }
  return std::nullopt;
}

} // namespace troupe::render

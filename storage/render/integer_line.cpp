#include "storage/render/integer_line.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace troupe::render {
namespace {

constexpr int fraction = 22; // bits behind the point

/// Whether both lines reach every level at the same sample: both rise, so all others are
/// equal too.
bool is_same(const integer_line& whole, const straight_line& line, double origin) {
  auto reaches = [&](uint32_t n, int level) {
    const auto x = origin + n;
    return x >= line.end
           || (x >= line.start && line.slope * x - line.intercept + 0.5 >= level);
  };
  if (whole.level(0) != 0 || reaches(0, 1) || whole.level(whole.width) != 255)
    return false;
  for (int k = 1; k <= 255; ++k) {
    const auto crossing = (k - 0.5 + line.intercept) / line.slope - origin;
    auto n =
      static_cast<uint32_t>(std::clamp(crossing, 1.0, static_cast<double>(whole.width)));
    while (n > 1 && reaches(n - 1, k))
      --n;
    while (n < whole.width && !reaches(n, k))
      ++n;
    const auto level = static_cast<uint32_t>(k);
    if (whole.level(n) < level || whole.level(n - 1) >= level)
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
  whole.stretch = static_cast<uint16_t>(0x8000 / std::bit_floor(whole.width));
  const auto slope = std::ldexp(line.slope, fraction) / whole.stretch;
  if (slope >= 65536)
    return std::nullopt;
  whole.slope = static_cast<uint16_t>(slope);
  whole.finer = static_cast<uint16_t>(std::ldexp(slope - whole.slope, 16));
  const auto half = (line.slope * (origin - line.start) + 0.5) * (1 << fraction);
  for (auto nudge : {8, -8}) { // samples exactly between two levels: all up, all down
    if (half + nudge < 0 || half + nudge >= 0x1p32)
      return std::nullopt;
    const auto rounding = static_cast<uint32_t>(half + nudge);
    whole.rounding = static_cast<uint16_t>(rounding >> 16);
    whole.finer_rounding = static_cast<uint16_t>(rounding);
    if (is_same(whole, line, origin))
      return whole;
  }
  return std::nullopt;
}

} // namespace troupe::render

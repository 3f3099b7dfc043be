#include "storage/render/range.hpp"

#include "storage/render/sample_type.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace troupe::render {
namespace {

constexpr auto infinity = std::numeric_limits<double>::infinity();

/// @param counts  whether infinities count; NaN never does.
template <class Sample>
std::pair<double, double> scan(const raw_plane& plane, bool counts) {
  const auto count = plane.samples.size() / sizeof(Sample);
  const auto from = plane.samples.data();
  auto lowest = std::numeric_limits<Sample>::max();
  auto highest = std::numeric_limits<Sample>::lowest();
  if constexpr (std::is_floating_point_v<Sample>) {
    lowest = std::numeric_limits<Sample>::infinity();
    highest = -lowest;
  }
  for (size_t i = 0; i < count; ++i) {
    Sample x;
    std::memcpy(&x, from + i * sizeof(Sample), sizeof(Sample));
    if constexpr (std::is_floating_point_v<Sample>)
      if (counts ? std::isnan(x) : !std::isfinite(x))
        continue;
    lowest = std::min(lowest, x);
    highest = std::max(highest, x);
  }
  if (lowest > highest)
    return {infinity, -infinity};
  return {static_cast<double>(lowest), static_cast<double>(highest)};
}

std::pair<double, double> scan(const raw_plane& plane, bool counts) {
  return with_sample_type(
    plane.type, [&]<class Sample>(Sample) { return scan<Sample>(plane, counts); });
}

} // namespace

std::pair<double, double> range_of(const raw_plane& plane) {
  return scan(plane, false);
}

std::pair<double, double> statistics_of(const raw_plane& plane) {
  return scan(plane, true);
}

std::pair<double, double> range_of(pixel_type type, int32_t significant_bits) {
  auto bits = static_cast<int32_t>(8 * bytes_of(type));
  auto is_signed = true;
  switch (type) {
    case pixel_type::bit: return {0, 1};
    case pixel_type::uint8:
    case pixel_type::uint16:
    case pixel_type::uint32: is_signed = false; break;
    case pixel_type::int8:
    case pixel_type::int16:
    case pixel_type::int32: break;
    default: bits = 32, significant_bits = 0; // floats are shown as int32 would be
  }
  if (significant_bits > 0)
    bits = std::min(bits, significant_bits);
  if (is_signed)
    return {-std::ldexp(1.0, bits - 1), std::ldexp(1.0, bits - 1) - 1};
  return {0, std::ldexp(1.0, bits) - 1};
}

} // namespace troupe::render

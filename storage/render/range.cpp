// The range of a plane and of a type.

#include "storage/failure.hpp"
#include "storage/render/draw.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace troupe::render {
namespace {

constexpr auto infinity = std::numeric_limits<double>::infinity();

template <class Sample>
std::pair<double, double> scan(const raw_plane& plane) {
  const auto count = plane.samples.size() / sizeof(Sample);
  const auto from = plane.samples.data();
  auto lowest = std::numeric_limits<Sample>::max();
  auto highest = std::numeric_limits<Sample>::lowest();
  for (size_t i = 0; i < count; ++i) {
    Sample x;
    std::memcpy(&x, from + i * sizeof(Sample), sizeof(Sample));
    if constexpr (std::is_floating_point_v<Sample>)
      if (!std::isfinite(x))
        continue;
    lowest = std::min(lowest, x);
    highest = std::max(highest, x);
  }
  if (lowest > highest)
    return {infinity, -infinity};
  return {static_cast<double>(lowest), static_cast<double>(highest)};
}

} // namespace

std::pair<double, double> range_of(const raw_plane& plane) {
  switch (plane.type) {
    case pixel_type::int8: return scan<int8_t>(plane);
    case pixel_type::bit:
    case pixel_type::uint8: return scan<uint8_t>(plane);
    case pixel_type::int16: return scan<int16_t>(plane);
    case pixel_type::uint16: return scan<uint16_t>(plane);
    case pixel_type::int32: return scan<int32_t>(plane);
    case pixel_type::uint32: return scan<uint32_t>(plane);
    case pixel_type::float32: return scan<float>(plane);
    case pixel_type::float64: return scan<double>(plane);
    case pixel_type::complex64:
    case pixel_type::complex128: break;
  }
  throw failure{errc::bad_request, "complex samples have no range"};
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

// Small planes made in code.

#pragma once

#include "storage/pixels.hpp"

#include <cstring>
#include <type_traits>

namespace troupe::test {

template <class Sample>
constexpr pixel_type type_of_sample() {
  if constexpr (std::is_same_v<Sample, int8_t>)
    return pixel_type::int8;
  else if constexpr (std::is_same_v<Sample, uint8_t>)
    return pixel_type::uint8;
  else if constexpr (std::is_same_v<Sample, int16_t>)
    return pixel_type::int16;
  else if constexpr (std::is_same_v<Sample, uint16_t>)
    return pixel_type::uint16;
  else if constexpr (std::is_same_v<Sample, int32_t>)
    return pixel_type::int32;
  else if constexpr (std::is_same_v<Sample, uint32_t>)
    return pixel_type::uint32;
  else if constexpr (std::is_same_v<Sample, float>)
    return pixel_type::float32;
  else
    return pixel_type::float64;
}

template <class Sample>
raw_plane plane_of(int32_t width, int32_t height, const std::vector<Sample>& samples) {
  shared_bytes::vector bytes(samples.size() * sizeof(Sample));
  std::memcpy(bytes.data(), samples.data(), bytes.size());
  return {width, height, type_of_sample<Sample>(), shared_bytes{std::move(bytes)}};
}

template <class Sample>
std::vector<Sample> samples_of(const raw_plane& plane) {
  std::vector<Sample> samples(plane.samples.size() / sizeof(Sample));
  std::memcpy(samples.data(), plane.samples.data(), samples.size() * sizeof(Sample));
  return samples;
}

} // namespace troupe::test

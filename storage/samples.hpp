// The samples of a plane as numbers, whatever their type.

#pragma once

#include "storage/failure.hpp"
#include "storage/pixels.hpp"

#include <cstring>

namespace troupe {

namespace detail {
template <class Sample, class Visit>
void each_sample_as(const raw_plane& plane, Visit& visit) {
  for (size_t i = 0; i + sizeof(Sample) <= plane.samples.size(); i += sizeof(Sample)) {
    Sample s;
    std::memcpy(&s, plane.samples.data() + i, sizeof s);
    visit(static_cast<double>(s));
  }
}
} // namespace detail

/// Calls visit(double) for every sample, row by row.
/// @throws failure{bad_request} for complex samples.
template <class Visit>
void for_each_sample(const raw_plane& plane, Visit visit) {
  switch (plane.type) {
    case pixel_type::int8: return detail::each_sample_as<int8_t>(plane, visit);
    case pixel_type::bit:
    case pixel_type::uint8: return detail::each_sample_as<uint8_t>(plane, visit);
    case pixel_type::int16: return detail::each_sample_as<int16_t>(plane, visit);
    case pixel_type::uint16: return detail::each_sample_as<uint16_t>(plane, visit);
    case pixel_type::int32: return detail::each_sample_as<int32_t>(plane, visit);
    case pixel_type::uint32: return detail::each_sample_as<uint32_t>(plane, visit);
    case pixel_type::float32: return detail::each_sample_as<float>(plane, visit);
    case pixel_type::float64: return detail::each_sample_as<double>(plane, visit);
    case pixel_type::complex64:
    case pixel_type::complex128: break;
  }
  throw failure{errc::bad_request, "complex samples have no order"};
}

} // namespace troupe

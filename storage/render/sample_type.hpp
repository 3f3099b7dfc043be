// From a pixel type to the C++ type of its samples.

#pragma once

#include "storage/failure.hpp"
#include "storage/pixels.hpp"

namespace troupe::render {

/// Calls work(Sample{}) with a value of the type's samples.
/// @throws failure{bad_request} for complex samples.
template <class Work>
decltype(auto) with_sample_type(pixel_type type, Work&& work) {
  switch (type) {
    case pixel_type::int8: return work(int8_t{});
    case pixel_type::bit:
    case pixel_type::uint8: return work(uint8_t{});
    case pixel_type::int16: return work(int16_t{});
    case pixel_type::uint16: return work(uint16_t{});
    case pixel_type::int32: return work(int32_t{});
    case pixel_type::uint32: return work(uint32_t{});
    case pixel_type::float32: return work(float{});
    case pixel_type::float64: return work(double{});
    case pixel_type::complex64:
    case pixel_type::complex128: break;
  }
  throw failure{errc::bad_request, "complex samples have no order"};
}

} // namespace troupe::render

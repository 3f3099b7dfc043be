// Floating point numbers of fewer than 32 bits, little-endian.

#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace troupe::formats {

/// A number of sign, exponent and mantissa, by the rules of IEEE 754.
inline float float_of(uint32_t bits, int exponent_bits, int mantissa_bits) {
  const auto mantissa = bits & ((1u << mantissa_bits) - 1);
  const auto exponent =
    static_cast<int>(bits >> mantissa_bits & ((1u << exponent_bits) - 1));
  const auto bias = (1 << (exponent_bits - 1)) - 1;
  float size = 0;
  if (exponent == (1 << exponent_bits) - 1)
    size = mantissa == 0 ? std::numeric_limits<float>::infinity()
                         : std::numeric_limits<float>::quiet_NaN();
  else if (exponent == 0)
    size = std::ldexp(static_cast<float>(mantissa), 1 - bias - mantissa_bits);
  else
    size = std::ldexp(static_cast<float>(mantissa | 1u << mantissa_bits),
                      exponent - bias - mantissa_bits);
  return bits >> (exponent_bits + mantissa_bits) ? -size : size;
}

inline float float_of_16(const uint8_t* from) {
  return float_of(from[0] | uint32_t{from[1]} << 8, 5, 10);
}

/// The 24-bit numbers of Adobe's TIFF Technical Note 3: 7 bits of exponent, 16 of
/// mantissa.
inline float float_of_24(const uint8_t* from) {
  return float_of(from[0] | uint32_t{from[1]} << 8 | uint32_t{from[2]} << 16, 7, 16);
}

} // namespace troupe::formats

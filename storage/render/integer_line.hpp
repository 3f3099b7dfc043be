// Levels on a straight line in whole numbers, several times faster than in doubles.

#pragma once

#include "storage/render/quantise.hpp"

namespace troupe::render {

/// Levels of 16-bit samples, the same for every sample as those of a straight_line:
///
///   n = min(max(sample - first, 0), width) * stretch, all 16 bits used
///   level = (n * slope + n * finer / 2^16 + rounding) / 2^22
///
/// No step needs more than 16 bits: lower halves of products are only added to see
/// whether they carry.
struct integer_line {
  uint16_t flipped = 0; ///< bits of a sample that are turned: the sign of int16
  uint16_t first = 0, width = 0, stretch = 1;
  uint16_t slope = 0, finer = 0;
  uint16_t rounding = 0, finer_rounding = 0; ///< upper and lower half

  /// @param n  at most `width`.
  constexpr uint32_t level(uint32_t n) const {
    n *= stretch;
    const auto product = n * slope;
    const auto fine = average(n * finer >> 16, finer_rounding);
    const auto carry = average(fine, (product & 0xffff) / 2) >> 14;
    return ((product >> 16) + rounding + carry) >> 6;
  }
  static constexpr uint32_t average(uint32_t a, uint32_t b) { return (a + b + 1) / 2; }
};

/// @param type  int16 or uint16.
/// @returns nothing when a sample would get another level: where several samples are
///          exactly half way between two, doubles round some up and some down.
std::optional<integer_line> integer_line_of(const straight_line& line, pixel_type type);

} // namespace troupe::render

// Levels on a straight line in whole numbers, several times faster than in doubles.

#pragma once

#include "storage/render/quantise.hpp"

namespace troupe::render {

/// Levels of 16-bit samples, the same for every sample as those of a straight_line:
///
///   n = min(max(sample - first, 0), width)
///   level = (n * high + n * low / 65536 + rounding) / 2^24
struct integer_line {
  uint16_t flipped = 0; ///< bits of a sample that are turned: the sign of int16
  uint16_t first = 0, width = 0;
  uint32_t high = 0, low = 0, rounding = 0;

  /// @param n  at most `width`.
  constexpr uint64_t scaled(uint32_t n) const {
    return uint64_t{n} * high + (uint64_t{n} * low >> 16) + rounding;
  }
};

/// @param type  int16 or uint16.
/// @returns nothing when a sample would get another level: where several samples are
///          exactly half way between two, doubles round some up and some down.
std::optional<integer_line> integer_line_of(const straight_line& line, pixel_type type);

} // namespace troupe::render

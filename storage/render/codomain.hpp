// What happens to levels after quantisation. Rendering reference, sections 3.2 and 4.

#pragma once

#include "storage/render/settings.hpp"

#include <algorithm>

namespace troupe::render {

/// The low 8 bits of a level, saturated to 32 bits before: it wraps, it does not clamp.
inline uint8_t low_byte(double level) {
  const auto value = std::clamp(level, -2147483648.0, 2147483647.0);
  return static_cast<uint8_t>(static_cast<int64_t>(value) & 0xff);
}

/// Reverse intensity: from the far end of the codomain.
inline uint8_t reversed(uint8_t level, const quantum& q) {
  return static_cast<uint8_t>(q.end - std::clamp<int32_t>(level, q.start, q.end));
}

/// @throws failure{bad_request} unless 0 <= start < end <= 255 and the resolution is
///         2^n - 1.
void check(const quantum& q);

} // namespace troupe::render

// Numbers that are sent often.

#pragma once

#include <cmath>

namespace troupe::http {

/// @returns it to three digits, which is enough for people, and shorter in JSON.
inline double short_number(double value) {
  if (value == 0 || !std::isfinite(value))
    return value;
  const auto digits = 3 - static_cast<int>(std::ceil(std::log10(std::abs(value))));
  if (digits <= 0)
    return std::round(value);
  const auto scale = std::pow(10.0, digits);
  return std::round(value * scale) / scale;
}

} // namespace troupe::http

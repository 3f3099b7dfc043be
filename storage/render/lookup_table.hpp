// Colours of the 256 levels. Rendering reference, sections 5 and 6.

#pragma once

#include "storage/pixels.hpp"

#include <array>
#include <span>

namespace troupe::render {

/// Red, green and blue of each level: components[0..2][level].
struct lookup_table {
  std::array<std::array<uint8_t, 256>, 3> components{};
  bool operator==(const lookup_table&) const = default;
};

/// Shades of a colour:
///
///   p = trunc(color / 255.0 * level), then trunc(float(p) * (alpha / 255f))
lookup_table shades_of(rgba color);

/// Red, green and blue are the level itself.
lookup_table shades_of_grey();

/// A table from fewer colours, linear between them:
///
///   p = i * count / 256, value = trunc((1 - frac) * c[trunc p] + frac * c[trunc p + 1])
///
/// @param knots  at most 256 values of a component.
std::array<uint8_t, 256> stretched(std::span<const uint8_t> knots);

} // namespace troupe::render

// Levels of several channels to one RGB picture. Rendering reference, section 6.

#pragma once

#include "storage/render/draw.hpp"
#include "storage/render/quantise.hpp"

namespace troupe::render {

/// One channel to be drawn.
struct layer {
  const raw_plane* plane = nullptr;
  quantisation levels;
  rgba color;
  bool grey = false; ///< red, green and blue are the level itself
};

/// What a layer adds to a pixel of each level: red, green and blue in 16-bit lanes.
///
///   p = trunc(color / 255.0 * level), then trunc(float(p) * (alpha / 255f))
std::array<uint64_t, 256> contributions(const layer& l);

/// Adds up the layers; each component ends at 255.
/// @throws failure{internal} when a plane has another size than `size`.
picture compose(const std::vector<layer>& layers, extent size);

} // namespace troupe::render

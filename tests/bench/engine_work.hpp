// What the engine benchmarks work on: planes about as busy as fluorescence, and the
// settings to draw them with.

#pragma once

#include "storage/render/draw.hpp"

namespace troupe::bench {

/// 12-bit cells on a noisy background, another pattern per seed.
raw_plane cells(int32_t width, int32_t height, uint32_t seed);

struct view {
  render::settings settings;
  std::vector<raw_plane> planes;
};

/// `channels` of them, in the usual colours, windows as wide as the data. Made once.
const view& cells_view(int32_t width, int32_t height, int32_t channels);

} // namespace troupe::bench

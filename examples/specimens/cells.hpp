// A made-up culture of cells in four fluorescence channels, in depth and time.

#pragma once

#include <cstdint>
#include <vector>

namespace troupe::specimens {

/// Where a pixel lies among the cells.
struct place {
  float near = 9;    ///< distance to the nearest cell's centre in body radii
  float second = 9;  ///< and to the next one's
  float nuclear = 9; ///< in nucleus radii
  float depth = 0;   ///< of the nearest cell, in sections
  uint32_t seed = 0; ///< the nearest cell's
};

struct culture {
  int32_t side = 512, sections = 7, times = 3;
  static constexpr int32_t channels = 4; ///< nuclei, actin, mitochondria, membrane

  /// Where everything is at a time, side x side.
  std::vector<place> places(int32_t t) const;
  /// @param at  places(t). @returns side x side samples of 12 significant bits.
  std::vector<uint16_t> plane(const std::vector<place>& at, int32_t channel, int32_t z,
                              int32_t t) const;
};

} // namespace troupe::specimens

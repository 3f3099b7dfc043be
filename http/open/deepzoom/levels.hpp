// Deep Zoom's levels: each half of the one above, rounded up, down to one pixel.

#pragma once

#include "storage/pixels.hpp"

namespace troupe::http::deepzoom {

/// The level of the full size; level 0 has one pixel.
int32_t last_level(extent full);

struct tile_place {
  region where; ///< full-size pixels
  extent size;  ///< pixels of the tile
};

/// @throws failure{not_found} for a level or a tile that is not there.
tile_place place_of(extent full, int32_t tile_side, int32_t level, int32_t column,
                    int32_t row);

} // namespace troupe::http::deepzoom

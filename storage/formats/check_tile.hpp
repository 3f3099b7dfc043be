// What is expected of a decoder.

#pragma once

#include "storage/formats/fileset.hpp"

namespace troupe::formats {

/// @param part  the part of the tile that is inside the level.
/// @throws failure{unreadable} when the decoder gave less than that, or something else.
void check_tile(const tile& t, const region& part, const tiling& cut, pixel_type type);

} // namespace troupe::formats

// Several channels to one RGB picture. Rendering reference, section 6.

#pragma once

#include "storage/render/color_table.hpp"
#include "storage/render/draw.hpp"

namespace troupe::render {

/// One channel to be drawn.
struct layer {
  const raw_plane* plane = nullptr;
  quantisation levels;
  tint colors;
};

/// Adds up the layers; each component ends at 255.
/// @throws failure{internal} when a plane has another size than `size`.
picture compose(const std::vector<layer>& layers, extent size);

} // namespace troupe::render

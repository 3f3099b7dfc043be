// Channels side by side. Rendering reference, section 12.

#pragma once

#include "storage/render/draw.hpp"

namespace troupe::render {

/// A grid of panels with a border around each.
struct split_layout {
  int32_t columns = 0, rows = 0, border = 2;
  extent panel, size;
};

/// @param model  colour has one panel more, all channels merged.
split_layout split_layout_of(extent image, int32_t channels, render::model model,
                             int32_t border = 2);

/// Top left pixel of a panel, counted along rows.
region panel_region(const split_layout& l, int32_t panel);

/// The active channels on white: grey, or in their colours and then merged.
/// @param planes  one per active channel of `s`, whatever its model, in order.
/// @param channels  of the image; the grid has room for all.
picture split_view(const settings& s, const std::vector<raw_plane>& planes,
                   int32_t channels, int32_t significant_bits = 0,
                   const lut_library& tables = lut_library::built_in());

} // namespace troupe::render

// Raw planes to an RGB picture.

#pragma once

#include "storage/render/defaults.hpp"
#include "storage/render/lut_library.hpp"
#include "storage/render/painter.hpp"
#include "storage/render/range.hpp"
#include "storage/render/scale.hpp"

namespace troupe::render {

/// The channels of `s` that contribute, in order: all active ones, or in the greyscale
/// model only the first of them. Read exactly these before calling draw().
std::vector<int32_t> drawn_channels(const settings& s);

/// @param planes  one per entry of drawn_channels(s), all of one size; they must outlive
///        the painter.
/// @param significant_bits  of the image, 0 = all.
/// @param tables  a channel with a table that is not there is drawn in its colour.
/// @returns black where no channel is active; `size` decides when planes is empty.
/// @throws failure{internal} when sizes differ, failure{bad_request} on bad settings.
painter painter_of(const settings& s, const std::vector<raw_plane>& planes, extent size,
                   int32_t significant_bits = 0,
                   const lut_library& tables = lut_library::built_in());

/// All of it at once.
picture draw(const settings& s, const std::vector<raw_plane>& planes, extent size,
             int32_t significant_bits = 0,
             const lut_library& tables = lut_library::built_in());

} // namespace troupe::render

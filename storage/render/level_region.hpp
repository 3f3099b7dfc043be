// From which level of a pyramid a part of an image is drawn in how many pixels.

#pragma once

#include "storage/pixels.hpp"

namespace troupe::render {

/// How many times a level is smaller than the full size, when that is a whole number and
/// rounding, up or down, explains the rest.
std::optional<int32_t> whole_factor(extent full, extent level);

struct level_region {
  int32_t level = 0;
  region where; ///< pixels of that level
};

/// The smallest level that shows `where` in no fewer pixels than wanted. What was rounded
/// up to a whole pixel counts as enough, so that a tile is drawn from its own level.
/// @param levels  from the full size down.
/// @param where   full-size pixels, inside.
level_region level_for(const std::vector<extent>& levels, const region& where,
                       extent want);

} // namespace troupe::render

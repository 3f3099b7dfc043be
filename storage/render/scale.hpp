// Sizes of thumbnails, and pictures of other sizes. Rendering reference, section 11.

#pragma once

#include "storage/render/picture.hpp"
#include "storage/render/settings.hpp"

namespace troupe::render {

/// Shrinks by area averaging (or enlarges, nearest) to exactly `want`.
picture scale(const picture& from, extent want);

/// Size of a thumbnail whose longest side is `longest`: aspect kept, at least 1 px.
extent thumbnail_size(extent full, int32_t longest);

/// What OMERO's scaler makes of that size: trunc(source * (want / source)) in single
/// precision, at least 3 px a side.
extent omero_scaled_size(extent full, extent want);

/// The smallest level that is at least `want` in both directions, else 0. Profile
/// `omero`: the first level, from the largest, that is not larger in one direction, else
/// the smallest.
size_t thumbnail_level(const std::vector<extent>& levels, extent want,
                       profile rules = profile::fixed);

} // namespace troupe::render

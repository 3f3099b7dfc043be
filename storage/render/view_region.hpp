// Which pixels a view asks for. Rendering reference, section 9.

#pragma once

#include "storage/pixels.hpp"

namespace troupe::render {

/// The part of a region that is inside; nothing when none is.
std::optional<region> clipped(const region& r, extent inside);

/// A region as it was asked for, cropped at the right and bottom edge.
/// @throws failure{bad_request} for a negative corner, an empty region, or one outside.
region cropped(const region& asked, extent inside);

/// A tile as the web names it: `level` 0 = full size; a width or height of 0 or less is
/// that of the format's tiles.
struct tile_request {
  int32_t level = 0, column = 0, row = 0;
  int32_t width = 0, height = 0;
};

constexpr int32_t max_tile_length = 1024;

/// Pixels of that level, edge tiles not cropped yet.
/// @param natural  the format's tiles.
/// @throws failure{bad_request} for a level the image does not have or a negative place.
region region_of(const tile_request& tile, int32_t levels, extent natural,
                 int32_t longest = max_tile_length);

/// OMERO counts levels from the smallest: 0 there is our last.
constexpr int32_t omero_level(int32_t level, int32_t levels) {
  return levels - 1 - level;
}

/// The region of the unmirrored image that a region of the mirrored one shows.
region flipped(const region& asked, extent image, bool horizontal, bool vertical);

/// Whether an image needs a pyramid: its planes are large and not floating.
bool is_big(extent image, pixel_type type);

/// Each level half of the one before, rounded up, until both sides are at most `stop`.
std::vector<extent> pyramid_sizes(extent full, int32_t stop = 256);

} // namespace troupe::render

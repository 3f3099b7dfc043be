// Which images need a pyramid, and what it looks like. Rendering reference, section 9.

#pragma once

#include "storage/derive/halve.hpp"
#include "storage/formats/fileset.hpp"

namespace troupe::derive {

constexpr int32_t tile_side = 512; ///< of stored tiles: what viewers ask for

/// Whether drawing a plane of that size needs smaller levels.
bool is_big(extent size);

/// ceil(size / 2) again and again, until both sides are at most 256; without `size`.
std::vector<extent> levels_below(extent size);

struct pyramid_plan {
  int32_t series = 0;
  int32_t source_level = 0;   ///< the smallest one the file has
  extent source;              ///< its size
  formats::tiling cut;        ///< its native tiles
  bool retiled = false;       ///< they are too large to look at: the level is stored anew
  std::vector<extent> levels; ///< stored ones; [0] is `source` again when retiled
  pixel_type type = pixel_type::uint8;
  reduction how = reduction::mean;
  int32_t z = 1, groups = 1, t = 1;
  bool rgb = false;

  /// Level of the image that stored level 0 is.
  int32_t first_level() const { return source_level + (retiled ? 0 : 1); }
  size_t pixel_bytes() const { return bytes_of(type) * static_cast<size_t>(cut.samples); }
  size_t pages() const {
    return static_cast<size_t>(z) * static_cast<size_t>(groups) * static_cast<size_t>(t);
  }
};

/// @returns nothing for an image that needs none, or whose samples have no mean.
std::optional<pyramid_plan> plan_of(const formats::fileset& from, int32_t series);

} // namespace troupe::derive

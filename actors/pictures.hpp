// What a signed-in person asks of pixels: planes, tiles, samples, thumbnails.

#pragma once

#include "actors/errand.hpp"
#include "actors/plane_render.hpp"
#include "schema/message.hpp"
#include "storage/render/change.hpp"

namespace troupe {

/// The tiles that every level is cut into, from the top left: the image's own where they
/// suit a screen, so that what is stored as JPEG can be sent as it is.
/// @param own  of the full size.
constexpr extent tiles_of(extent own) {
  auto suits = [](int32_t side) { return side >= 128 && side <= 1024; };
  return suits(own.width) && suits(own.height) ? own : extent{512, 512};
}

/// Planes seen as one; without sections all of them.
struct projection_wish {
  render::projection how = render::projection::max;
  std::optional<std::pair<int32_t, int32_t>> sections; ///< first and last z
};

/// What all pictures are asked with. An answer whose etag is `known` comes without bytes.
struct picture_wish {
  render::change change;
  output as = output::jpeg;
  std::optional<double> quality; ///< of a JPEG, 0 to 1
  std::optional<projection_wish> project;
  std::string known;
  errand who;
};

/// A plane, or a region of it in pixels of the level; cut at the right and bottom edge.
struct view_plane {
  static constexpr bool local = true;
  int64_t image = 0;
  plane_index at;
  std::optional<region> where;
  picture_wish wish;
  int32_t level = 0;
  using reply = encoded_image;
};

/// A region of a plane in another size, turned or toned, drawn from the level that has
/// just enough pixels.
struct view_scaled {
  static constexpr bool local = true;
  int64_t image = 0;
  plane_index at;
  region where;          ///< in full-size pixels; cut at the right and bottom edge
  render::finish finish; ///< its size is needed
  picture_wish wish;
  using reply = encoded_image;
};

/// A tile of a level (0 = full size); edge tiles are smaller.
struct view_tile {
  static constexpr bool local = true;
  int64_t image = 0;
  plane_index at;
  int32_t level = 0, column = 0, row = 0;
  picture_wish wish;
  using reply = encoded_image;
};

/// The active channels of a level side by side, and merged.
struct view_split {
  static constexpr bool local = true;
  int64_t image = 0;
  plane_index at;
  int32_t level = 0;
  picture_wish wish;
  using reply = encoded_image;
};

/// Raw samples of one channel of a region, at most `max_sample_bytes`.
struct view_samples {
  static constexpr bool local = true;
  int64_t image = 0;
  plane_index at;
  int32_t channel = 0, level = 0;
  std::optional<region> where; ///< pixels of that level
  errand who;
  using reply = encoded_image;
};
constexpr int64_t max_sample_bytes = 64 << 20;

constexpr int32_t longest_thumbnail = 2048; ///< pixels of a side
struct view_thumbnail {
  static constexpr bool local = true;
  int64_t image = 0;
  int32_t longest = 96;
  std::optional<int32_t> z, t;
  int32_t version = 0; ///< of the image, as the asker knows it
  picture_wish wish;
  std::optional<extent> size; ///< instead of the longest side, however it distorts
  using reply = encoded_image;
};

} // namespace troupe

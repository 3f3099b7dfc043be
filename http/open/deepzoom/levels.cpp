#include "http/open/deepzoom/levels.hpp"

#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::deepzoom {

namespace {

int32_t shrunk(int64_t length, int64_t factor) {
  return static_cast<int32_t>((length + factor - 1) / factor);
}

struct span {
  int32_t first, length;
};

/// A part of a side, in pixels `factor` times as small.
span times(span s, int64_t factor, int32_t full) {
  const auto first = s.first * factor;
  return {static_cast<int32_t>(first),
          static_cast<int32_t>(std::min(s.length * factor, full - first))};
}

/// The tile of that index; `length` is the level's.
span tile_along(int32_t index, int32_t side, int32_t length) {
  const auto first = int64_t{index} * side;
  if (index < 0 || first >= length)
    throw failure{errc::not_found,
                  fmt::format("the level has tiles 0 to {} along that side, not {}",
                              (length - 1) / side, index)};
  return {static_cast<int32_t>(first),
          static_cast<int32_t>(std::min<int64_t>(side, length - first))};
}

} // namespace

int32_t last_level(extent full) {
  int32_t level = 0;
  while (int64_t{1} << level < std::max(full.width, full.height))
    ++level;
  return level;
}

tile_place place_of(extent full, int32_t tile_side, int32_t level, int32_t column,
                    int32_t row) {
  const auto last = last_level(full);
  if (level < 0 || level > last)
    throw failure{errc::not_found,
                  fmt::format("level is {}, the image has level 0 to {}", level, last)};
  const auto factor = int64_t{1} << (last - level);
  const auto across = tile_along(column, tile_side, shrunk(full.width, factor));
  const auto down = tile_along(row, tile_side, shrunk(full.height, factor));
  const auto x = times(across, factor, full.width), y = times(down, factor, full.height);
  return {{x.first, y.first, x.length, y.length}, {across.length, down.length}};
}

} // namespace troupe::http::deepzoom

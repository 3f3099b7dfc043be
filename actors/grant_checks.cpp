#include "actors/grant_checks.hpp"

#include <fmt/format.h>

namespace troupe {

void check_plane(const image_grant& g, plane_index at) {
  require(at.z >= 0 && at.z < g.size.z,
          fmt::format("z is {}, the image has z 0 to {}", at.z, g.size.z - 1));
  require(at.t >= 0 && at.t < g.size.t,
          fmt::format("t is {}, the image has t 0 to {}", at.t, g.size.t - 1));
}

void check_channel(const image_grant& g, int32_t channel) {
  require(channel >= 0 && channel < g.size.c,
          fmt::format("c is {}, the image has c 0 to {}", channel, g.size.c - 1));
}

plane_index plane_of(const image_grant& g, std::optional<int32_t> z,
                     std::optional<int32_t> t) {
  plane_index at{z.value_or(g.first.z), t.value_or(g.first.t)};
  check_plane(g, at);
  return at;
}

extent level_size(const image_grant& g, int32_t level) {
  require(
    level >= 0 && static_cast<size_t>(level) < g.levels.size(),
    fmt::format("level is {}, the image has level 0 to {}", level, g.levels.size() - 1),
    errc::not_found);
  return g.levels[static_cast<size_t>(level)];
}

region cut(const region& where, extent size) {
  require(where.x >= 0 && where.y >= 0 && where.width > 0 && where.height > 0,
          "a region needs x, y >= 0 and width, height > 0");
  require(
    where.x < size.width && where.y < size.height,
    fmt::format("the region begins outside the {} x {} pixels", size.width, size.height));
  return {where.x, where.y, std::min(where.width, size.width - where.x),
          std::min(where.height, size.height - where.y)};
}

void check_usable(const image_grant& g) {
  require(g.state != image_state::damaged, fmt::format("image {}: {}", g.image, g.error),
          errc::unreadable);
}

} // namespace troupe

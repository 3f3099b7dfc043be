#include "storage/render/level_region.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

bool explains(int32_t full, int32_t level, int64_t factor) {
  return level == full / factor || level == (full + factor - 1) / factor;
}

bool explains(extent full, extent level, int64_t factor) {
  return explains(full.width, level.width, factor)
         && explains(full.height, level.height, factor);
}

/// Full-size pixels for one of the level, in both directions.
std::pair<double, double> steps_of(extent full, extent level) {
  if (auto factor = whole_factor(full, level))
    return {*factor, *factor};
  return {static_cast<double>(full.width) / level.width,
          static_cast<double>(full.height) / level.height};
}

bool is_enough(double step, int32_t length, int32_t want) {
  return step * (want - 1) < length && step < 2.0 * length;
}

/// First pixel and number of pixels.
std::pair<int32_t, int32_t> on_level(int32_t first, int32_t length, double step,
                                     int32_t level) {
  const auto begin = std::min(level - 1, static_cast<int32_t>(first / step));
  const auto end = std::min<double>(level, std::ceil((int64_t{first} + length) / step));
  return {begin, std::max(1, static_cast<int32_t>(end) - begin)};
}

} // namespace

std::optional<int32_t> whole_factor(extent full, extent level) {
  const auto longest = full.width > full.height;
  const auto ratio = longest ? static_cast<double>(full.width) / level.width
                             : static_cast<double>(full.height) / level.height;
  // Halved again and again, a rounded length may seem to be of another number.
  for (auto factor : {std::exp2(std::round(std::log2(ratio))), std::round(ratio)})
    if (factor >= 1 && explains(full, level, static_cast<int64_t>(factor)))
      return static_cast<int32_t>(factor);
  return std::nullopt;
}

level_region level_for(const std::vector<extent>& levels, const region& where,
                       extent want) {
  for (auto i = levels.size(); i-- > 1;) {
    const auto [across, down] = steps_of(levels[0], levels[i]);
    if (!is_enough(across, where.width, want.width)
        || !is_enough(down, where.height, want.height))
      continue;
    const auto [x, width] = on_level(where.x, where.width, across, levels[i].width);
    const auto [y, height] = on_level(where.y, where.height, down, levels[i].height);
    return {static_cast<int32_t>(i), {x, y, width, height}};
  }
  return {0, where};
}

} // namespace troupe::render

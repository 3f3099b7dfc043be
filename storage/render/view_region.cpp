#include "storage/render/view_region.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <limits>

namespace troupe::render {
namespace {

constexpr int64_t largest_plane = 3192 * 3192; // pixels

int32_t length_of(int32_t asked, int32_t natural, int32_t longest) {
  return std::min(asked <= 0 ? natural : asked, longest);
}

int32_t origin_of(int32_t index, int32_t length) {
  const auto at = int64_t{index} * length;
  if (at > std::numeric_limits<int32_t>::max() - length)
    throw failure{errc::bad_request, "a tile outside the image"};
  return static_cast<int32_t>(at);
}

} // namespace

std::optional<region> clipped(const region& r, extent inside) {
  const auto left = std::max(r.x, 0), top = std::max(r.y, 0);
  const auto right = std::min<int64_t>(int64_t{r.x} + r.width, inside.width);
  const auto bottom = std::min<int64_t>(int64_t{r.y} + r.height, inside.height);
  if (right <= left || bottom <= top)
    return std::nullopt;
  return region{left, top, static_cast<int32_t>(right - left),
                static_cast<int32_t>(bottom - top)};
}

region cropped(const region& asked, extent inside) {
  if (asked.x < 0 || asked.y < 0 || asked.width <= 0 || asked.height <= 0)
    throw failure{errc::bad_request, "a region starts inside the image and has pixels"};
  const auto found = clipped(asked, inside);
  if (!found)
    throw failure{errc::bad_request, "a region outside the image"};
  return *found;
}

region region_of(const tile_request& tile, int32_t levels, extent natural,
                 int32_t longest) {
  if (tile.level < 0 || tile.level >= std::max(levels, 1))
    throw failure{errc::bad_request,
                  "the image has no level " + std::to_string(tile.level)};
  if (tile.column < 0 || tile.row < 0)
    throw failure{errc::bad_request, "tiles count from 0"};
  const auto width = length_of(tile.width, natural.width, longest);
  const auto height = length_of(tile.height, natural.height, longest);
  return {origin_of(tile.column, width), origin_of(tile.row, height), width, height};
}

region flipped(const region& asked, extent image, bool horizontal, bool vertical) {
  auto r = cropped(asked, image);
  if (horizontal)
    r.x = image.width - r.x - r.width;
  if (vertical)
    r.y = image.height - r.y - r.height;
  return r;
}

bool is_big(extent image, pixel_type type) {
  return type <= pixel_type::uint32
         && int64_t{image.width} * image.height > largest_plane;
}

std::vector<extent> pyramid_sizes(extent full, int32_t stop) {
  std::vector<extent> levels{full};
  while (levels.back().width > stop || levels.back().height > stop)
    levels.push_back({(levels.back().width + 1) / 2, (levels.back().height + 1) / 2});
  return levels;
}

} // namespace troupe::render

#include "storage/derive/cells.hpp"

#include "storage/formats/check_tile.hpp"

#include <algorithm>
#include <cstring>

namespace troupe::derive {
namespace {

constexpr int32_t handy_side = 128; ///< pixels: less is not worth a cell
constexpr int64_t handy_bytes = 2 << 20;

/// The smallest even multiple of `side` that is at least `wanted`.
int32_t even_multiple(int32_t side, int32_t wanted) {
  const auto step = side % 2 == 0 ? int64_t{side} : int64_t{side} * 2;
  return static_cast<int32_t>((wanted + step - 1) / step * step);
}

extent cell_of(const pyramid_plan& p) {
  const auto tile = p.cut.tile;
  const auto width = tile.width >= p.source.width
                       ? p.source.width
                       : even_multiple(tile.width, std::max(tile.width, handy_side));
  const auto row = int64_t{width} * static_cast<int64_t>(p.pixel_bytes());
  const auto most = static_cast<int32_t>(std::max<int64_t>(2, handy_bytes / row / 2 * 2));
  const auto height = even_multiple(tile.height, std::min(handy_side, most));
  return {width, height * row > handy_bytes ? std::min(height, most) : height};
}

/// The part of a tile or cell that is inside the level.
region clip(const region& r, extent size) {
  return {r.x, r.y, std::min(r.width, size.width - r.x),
          std::min(r.height, size.height - r.y)};
}

} // namespace

std::vector<region> cells_between(const pyramid_plan& plan, int32_t y0, int32_t y1) {
  const auto cell = cell_of(plan);
  std::vector<region> cells;
  for (auto y = y0; y < y1;) {
    const auto next = static_cast<int32_t>(
      std::min<int64_t>(y1, (int64_t{y} / cell.height + 1) * cell.height));
    for (int32_t x = 0; x < plan.source.width; x += cell.width)
      cells.push_back({x, y, std::min(cell.width, plan.source.width - x), next - y});
    y = next;
  }
  return cells;
}

int64_t useful_cache(const pyramid_plan& plan) {
  const auto tile = plan.cut.tile;
  const auto across = (plan.source.width + tile.width - 1) / tile.width;
  return 2 * int64_t{across} * tile.width * tile.height
         * static_cast<int64_t>(plan.pixel_bytes());
}

page_index page_of(const pyramid_plan& plan, size_t page) {
  const auto n = static_cast<int32_t>(page);
  return {{n % plan.z, n / plan.z / plan.groups}, n / plan.z % plan.groups};
}

formats::tile cell_reader::get(const formats::tile_id& which, bool only_here) {
  if (only_here)
    return decoder_->decode(which);
  return shared_.get(from_.id(), which, [&] { return decoder_->decode(which); });
}

/// Copies what tile and cell have in common.
void cell_reader::take(const formats::tile& from, const region& tile,
                       const region& cell) {
  const auto pixel = plan_.pixel_bytes();
  const auto x0 = std::max(tile.x, cell.x), y0 = std::max(tile.y, cell.y);
  const auto x1 = std::min(tile.x + tile.width, cell.x + cell.width);
  const auto y1 = std::min(tile.y + tile.height, cell.y + cell.height);
  const auto stride = static_cast<size_t>(from.size.width) * pixel;
  const auto own_stride = static_cast<size_t>(cell.width) * pixel;
  for (auto y = y0; y < y1; ++y)
    std::memcpy(gathered_.data() + static_cast<size_t>(y - cell.y) * own_stride
                  + static_cast<size_t>(x0 - cell.x) * pixel,
                from.bytes.data() + static_cast<size_t>(y - tile.y) * stride
                  + static_cast<size_t>(x0 - tile.x) * pixel,
                static_cast<size_t>(x1 - x0) * pixel);
}

pixel_rows cell_reader::read(const page_index& page, const region& cell) {
  const auto size = plan_.cut.tile;
  const auto pixel = plan_.pixel_bytes();
  const auto width = static_cast<size_t>(cell.width),
             height = static_cast<size_t>(cell.height),
             samples = static_cast<size_t>(plan_.cut.samples);
  const auto bottom = (cell.y + cell.height - 1) / size.height,
             right = (cell.x + cell.width - 1) / size.width;
  const auto inside_one = cell.y / size.height == bottom && cell.x / size.width == right;
  if (!inside_one)
    gathered_.resize(width * height * pixel);
  for (auto row = cell.y / size.height; row <= bottom; ++row)
    for (auto column = cell.x / size.width; column <= right; ++column) {
      const auto part = clip(
        {column * size.width, row * size.height, size.width, size.height}, plan_.source);
      held_ = get({plan_.series, plan_.source_level, page.at, page.group, column, row},
                  part == cell);
      formats::check_tile(held_, part, plan_.cut, plan_.type);
      if (!inside_one) {
        take(held_, part, cell);
        continue;
      }
      const auto stride = static_cast<size_t>(held_.size.width) * pixel;
      return {held_.bytes.data() + static_cast<size_t>(cell.y - part.y) * stride
                + static_cast<size_t>(cell.x - part.x) * pixel,
              stride, width, height, samples};
    }
  return {gathered_.data(), width * pixel, width, height, samples};
}

} // namespace troupe::derive

#include "storage/derive/cascade.hpp"

#include "storage/derive/parallel.hpp"

#include <algorithm>
#include <cstring>

namespace troupe::derive {

cascade::cascade(const pyramid_plan& plan, pyramid_file& file, size_t threads)
  : plan_{plan},
    file_{file} {
  const auto pixel = plan.pixel_bytes();
  for (auto size : plan.levels) {
    auto& b = bands_.emplace_back();
    b.size = size;
    b.stride = static_cast<size_t>(size.width) * pixel;
    b.bytes.resize(b.stride * static_cast<size_t>(b.height()));
  }
  for (size_t i = 0; i < threads; ++i)
    codecs_.push_back(std::make_unique<tile_codec>(
      plan.type, tile_side, static_cast<size_t>(plan.cut.samples)));
}

void cascade::begin(size_t page, int32_t rows) {
  page_ = page;
  for (auto& b : bands_)
    b.top = b.rows = 0;
  for (int32_t done = 0; done < rows; done += step()) {
    in_parallel(codecs_.size(), static_cast<size_t>(file_.across(bands_[0].size)),
                [&](size_t column, size_t thread) {
                  read_tile(static_cast<int32_t>(column), *codecs_[thread]);
                });
    flush();
  }
}

void cascade::halve_into(band& to, int32_t x, int32_t row, const pixel_rows& pixels) {
  for (size_t y = 0; y < pixels.height; y += 2) {
    const auto above = pixels.data + y * pixels.stride;
    const auto below = y + 1 < pixels.height ? above + pixels.stride : above;
    halve_rows(plan_.type, plan_.how, {above, below, pixels.width, pixels.samples},
               to.at(x / 2, row + static_cast<int32_t>(y / 2), plan_.pixel_bytes()));
  }
}

void cascade::take(const region& cell, const pixel_rows& pixels) {
  auto& b = bands_[0];
  const auto pixel = plan_.pixel_bytes();
  if (!plan_.retiled)
    return halve_into(b, cell.x, cell.y / 2 - b.top, pixels);
  for (size_t y = 0; y < pixels.height; ++y)
    std::memcpy(b.at(cell.x, cell.y - b.top + static_cast<int32_t>(y), pixel),
                pixels.data + y * pixels.stride, pixels.width * pixel);
}

void cascade::flush() {
  bands_[0].rows = bands_[0].height();
  for (size_t level = 0; level < bands_.size(); ++level) {
    if (bands_[level].rows < bands_[level].height() || bands_[level].rows == 0)
      break;
    flush_level(level);
  }
}

void cascade::flush_level(size_t level) {
  auto& b = bands_[level];
  const auto pixel = plan_.pixel_bytes();
  const auto next = level + 1 < bands_.size() ? &bands_[level + 1] : nullptr;
  in_parallel(codecs_.size(), static_cast<size_t>(file_.across(b.size)),
              [&](size_t column, size_t thread) {
                const auto x = static_cast<int32_t>(column) * tile_side;
                if (next)
                  halve_into(*next, x, next->rows,
                             {b.at(x, 0, pixel), b.stride,
                              static_cast<size_t>(std::min(tile_side, b.size.width - x)),
                              static_cast<size_t>(b.rows),
                              static_cast<size_t>(plan_.cut.samples)});
                write_tile(level, static_cast<int32_t>(column), *codecs_[thread]);
              });
  if (next)
    next->rows += (b.rows + 1) / 2;
  b.top += b.rows;
  b.rows = 0;
}

void cascade::write_tile(size_t level, int32_t column, tile_codec& codec) {
  auto& b = bands_[level];
  const tile_place place{page_, level, column, b.top / tile_side};
  if (file_.has(place))
    return; // an earlier run wrote it
  const auto pixel = plan_.pixel_bytes();
  const auto x = column * tile_side;
  const auto width = static_cast<size_t>(std::min(tile_side, b.size.width - x)) * pixel;
  if (width < codec.row_bytes() || b.rows < tile_side)
    std::memset(codec.samples(), 0, codec.tile_bytes());
  for (int32_t y = 0; y < b.rows; ++y)
    std::memcpy(codec.samples() + static_cast<size_t>(y) * codec.row_bytes(),
                b.at(x, y, pixel), width);
  file_.put(place, codec.encode());
}

void cascade::read_tile(int32_t column, tile_codec& codec) {
  auto& b = bands_[0];
  const auto pixel = plan_.pixel_bytes();
  const auto x = column * tile_side;
  codec.decode(file_.get({page_, 0, column, b.top / tile_side}));
  for (int32_t y = 0; y < b.height(); ++y)
    std::memcpy(b.at(x, y, pixel),
                codec.samples() + static_cast<size_t>(y) * codec.row_bytes(),
                static_cast<size_t>(std::min(tile_side, b.size.width - x)) * pixel);
}

} // namespace troupe::derive

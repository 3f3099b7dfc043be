#include "storage/encode/mcu_line.hpp"

#include <algorithm>

namespace troupe {

void mcu_line::set_width(int32_t width) {
  width_ = static_cast<size_t>(width);
  padded_ = (width_ + rows - 1) / rows * rows;
  bytes_.resize(padded_ * (upper_.size() + lower_.size() + rows + 2 * pairs / 2));
  auto next = bytes_.data();
  const auto take = [&](auto& all, size_t size) {
    for (auto& row : all) {
      row = next;
      next += size;
    }
  };
  take(upper_, padded_);
  take(lower_, padded_);
  take(luma_, padded_);
  take(blue_, padded_ / 2);
  take(red_, padded_ / 2);
}

luma_chroma_rows mcu_line::target(size_t pair) {
  return {{luma_[2 * pair], luma_[2 * pair + 1]}, blue_[pair], red_[pair]};
}

void mcu_line::paint(int32_t y, const row_source& from, const component_rows& to) const {
  from(y, to);
  for (auto component : to)
    std::fill(component + width_, component + padded_, component[width_ - 1]);
}

/// libjpeg repeats the last rows after halving the chroma.
void mcu_line::repeat(size_t pair) {
  const auto last = target(pair - 1), to = target(pair);
  for (auto luma : to.luma)
    std::copy_n(last.luma[1], padded_, luma);
  std::copy_n(last.blue, padded_ / 2, to.blue);
  std::copy_n(last.red, padded_ / 2, to.red);
}

void mcu_line::fill(int32_t top, int32_t count, const row_source& from) {
  for (size_t pair = 0; pair < pairs; ++pair) {
    const auto y = static_cast<int32_t>(2 * pair);
    if (y >= count) {
      repeat(pair);
      continue;
    }
    paint(top + y, from, upper_);
    if (y + 1 < count)
      paint(top + y + 1, from, lower_);
    to_luma_chroma(upper_, y + 1 < count ? lower_ : upper_, padded_, target(pair));
  }
}

} // namespace troupe

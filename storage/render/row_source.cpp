#include "storage/render/row_source.hpp"

#include "storage/failure.hpp"

#include <algorithm>

namespace troupe::render {

row_source::row_source(const layer& l)
  : samples_{l.plane->samples.data()},
    row_bytes_{static_cast<size_t>(l.plane->width) * bytes_of(l.plane->type)},
    type_{l.plane->type} {
  static thread_local color_tables tables;
  colors_ = colors_of(l.colors);
  brightest_ = colors_.back();
  if (bytes_of(type_) <= 2) {
    table_ = tables.get(l.levels, l.colors);
    return;
  }
  levels_.emplace(l.levels);
  if (levels_->line() && l.levels.inverted)
    std::reverse(colors_.begin(), colors_.end());
}

void row_source::compute(int32_t y, std::span<packed_color> to) const {
  switch (type_) {
    case pixel_type::int32: return compute_each<int32_t>(row(y), to);
    case pixel_type::uint32: return compute_each<uint32_t>(row(y), to);
    case pixel_type::float32: return compute_each<float>(row(y), to);
    case pixel_type::float64: return compute_each<double>(row(y), to);
    default: throw failure{errc::internal, "a sample type without levels"};
  }
}

template <class Sample>
void row_source::compute_each(const uint8_t* from, std::span<packed_color> to) const {
  if (levels_->line())
    return compute_line<Sample>(from, to);
  for (size_t x = 0; x < to.size(); ++x)
    to[x] = colors_[levels_->level(static_cast<double>(sample_at<Sample>(from, x)))];
}

/// The usual case, a straight line over 0..255, without a call per sample.
template <class Sample>
void row_source::compute_line(const uint8_t* from, std::span<packed_color> to) const {
  const auto line = *levels_->line();
  const auto colors = colors_.data();
  for (size_t x = 0; x < to.size(); ++x) {
    const auto v = static_cast<double>(sample_at<Sample>(from, x));
    size_t level = 0;
    if (v >= line.end)
      level = 255;
    else if (v >= line.start)
      level =
        static_cast<uint8_t>(static_cast<int32_t>(line.slope * v - line.intercept + 0.5));
    to[x] = colors[level];
  }
}

} // namespace troupe::render

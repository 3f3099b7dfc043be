// One layer, row by row, as colours.

#pragma once

#include "storage/render/compose.hpp"

#include <cstring>
#include <span>

namespace troupe::render {

/// Sample x of a row; rows need not be aligned.
template <class Sample>
Sample sample_at(const uint8_t* row, size_t x) {
  Sample s;
  std::memcpy(&s, row + x * sizeof(Sample), sizeof(Sample));
  return s;
}

class row_source {
public:
  explicit row_source(const layer& l);
  const uint8_t* row(int32_t y) const {
    return samples_ + static_cast<size_t>(y) * row_bytes_;
  }
  /// Bytes of a sample that has a table, 0 where levels are computed.
  size_t table_width() const { return table_ ? bytes_of(type_) : 0; }
  const packed_color* table() const { return table_->data(); }
  /// Row `y` of a layer without table.
  void compute(int32_t y, std::span<packed_color> to) const;
  /// The most it adds to a pixel.
  packed_color brightest() const { return brightest_; }

private:
  template <class Sample>
  void compute_line(const uint8_t* from, std::span<packed_color> to) const;
  template <class Sample>
  void compute_each(const uint8_t* from, std::span<packed_color> to) const;

  const uint8_t* samples_;
  size_t row_bytes_;
  pixel_type type_;
  std::shared_ptr<const color_table> table_;
  std::optional<quantiser> levels_;
  std::array<packed_color, 256> colors_{}; // of levels
  packed_color brightest_ = 0;
};

} // namespace troupe::render

// The levels of one plane, row by row.

#pragma once

#include "storage/render/integer_line.hpp"
#include "storage/render/level_tables.hpp"

namespace troupe::render {

class level_source {
public:
  /// @param plane  must outlive the source.
  level_source(const raw_plane& plane, const quantisation& q);
  /// Whether row() gives 255 - level, where reversing is left to whoever colours.
  bool is_reversed() const { return reversed_; }
  /// Levels of `count` samples of row `y`: in `scratch`, or the samples themselves.
  const uint8_t* row(int32_t y, size_t x, size_t count, uint8_t* scratch) const;

private:
  void look_up(const uint8_t* samples, size_t count, uint8_t* to) const;
  void compute_each(const uint8_t* samples, size_t count, uint8_t* to) const;

  const uint8_t* samples_;
  size_t width_;
  pixel_type type_;
  bool reversed_ = false;
  bool samples_are_levels_ = false;
  std::shared_ptr<const level_table> table_; // 8- and 16-bit types without a line
  std::optional<integer_line> integers_;     // 16-bit types on a line, mostly
  std::optional<quantiser> levels_;          // the others
};

} // namespace troupe::render

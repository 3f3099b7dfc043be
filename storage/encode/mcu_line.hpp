// What libjpeg encodes at once: 16 rows of a picture, luma and halved chroma apart.

#pragma once

#include "storage/encode/codecs.hpp"
#include "storage/encode/luma_chroma.hpp"

#include <cstdio> // jpeglib.h needs it
#include <jpeglib.h>

namespace troupe {

/// A line of MCUs, edges repeated as libjpeg does. Small enough to stay in the cache
/// between drawing and encoding.
class mcu_line {
public:
  static constexpr int32_t rows = 16;

  void set_width(int32_t width);
  /// @param count  rows from `top` on that the picture has, at most `rows`.
  void fill(int32_t top, int32_t count, const row_source& from);
  JSAMPIMAGE planes() { return planes_.data(); }

private:
  static constexpr size_t pairs = rows / 2;
  luma_chroma_rows target(size_t pair);
  void paint(int32_t y, const row_source& from, const component_rows& to) const;
  void repeat(size_t pair);

  size_t width_ = 0, padded_ = 0;
  std::vector<uint8_t> bytes_;
  component_rows upper_{}, lower_{};
  std::array<JSAMPROW, rows> luma_{};
  std::array<JSAMPROW, pairs> blue_{}, red_{};
  std::array<JSAMPARRAY, 3> planes_{luma_.data(), blue_.data(), red_.data()};
};

} // namespace troupe

// Pictures that one can partly see through, as PNG.

#pragma once

#include "storage/pixels.hpp"

#include <vector>

namespace troupe {

class transparent_picture {
public:
  /// All of it is clear. @throws failure{bad_request} without a pixel, {too_large}.
  transparent_picture(int32_t width, int32_t height);

  int32_t width() const { return size_.width; }
  int32_t height() const { return size_.height; }
  /// Outside of the picture nothing happens.
  void set(int32_t x, int32_t y, rgba color);
  /// Pixels from one point to the other, both included.
  void draw_line(int32_t x1, int32_t y1, int32_t x2, int32_t y2, rgba color);

  encoded_image png() const;

private:
  extent size_;
  std::vector<uint8_t> bytes_; ///< height x width x 4
};

} // namespace troupe

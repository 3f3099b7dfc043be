#include "storage/encode/transparent.hpp"

#include "storage/encode/codecs.hpp"
#include "storage/failure.hpp"

#include <algorithm>
#include <cmath>

namespace troupe {

namespace {

constexpr int64_t most_mask_pixels = 64 << 20;

} // namespace

transparent_picture::transparent_picture(int32_t width, int32_t height)
  : size_{width, height} {
  if (width < 1 || height < 1)
    throw failure{errc::bad_request, "a picture has at least one pixel"};
  if (int64_t{width} * height > most_mask_pixels)
    throw failure{errc::too_large, "too many pixels for one picture"};
  bytes_.resize(static_cast<size_t>(width) * static_cast<size_t>(height) * 4);
}

void transparent_picture::set(int32_t x, int32_t y, rgba color) {
  if (x < 0 || y < 0 || x >= size_.width || y >= size_.height)
    return;
  const auto at =
    (static_cast<size_t>(y) * static_cast<size_t>(size_.width) + static_cast<size_t>(x))
    * 4;
  bytes_[at] = color.red;
  bytes_[at + 1] = color.green;
  bytes_[at + 2] = color.blue;
  bytes_[at + 3] = color.alpha;
}

void transparent_picture::draw_line(int32_t x1, int32_t y1, int32_t x2, int32_t y2,
                                    rgba color) {
  const auto steps = std::max({std::abs(x2 - x1), std::abs(y2 - y1), 1});
  for (int32_t i = 0; i <= steps; ++i) {
    const auto part = static_cast<double>(i) / steps;
    set(static_cast<int32_t>(std::lround(x1 + part * (x2 - x1))),
        static_cast<int32_t>(std::lround(y1 + part * (y2 - y1))), color);
  }
}

encoded_image transparent_picture::png() const {
  return encode_png(size_, png_pixels::rgba, bytes_.data());
}

} // namespace troupe

#include "storage/formats/tiff_luma.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::formats {
namespace {

int32_t units(int32_t pixels, int32_t share) {
  return (pixels + share - 1) / share;
}

uint8_t light(float value) {
  return static_cast<uint8_t>(std::clamp(value + 0.5f, 0.0f, 255.0f));
}

/// Levels as numbers, by the reference levels of the file.
using levels = std::array<float, 256>;

/// @param black, white  the reference levels. @param range  what lies between them.
levels levels_of(float black, float white, float range) {
  const auto width = white - black;
  levels out;
  for (size_t i = 0; i < out.size(); ++i)
    out[i] = (static_cast<float>(i) - black) * (width != 0 ? range / width : 1);
  return out;
}

/// The equations of the TIFF specification, section 21.
class converter {
public:
  explicit converter(const tiff_luma& how)
    : luma_{levels_of(how.black_white[0], how.black_white[1], 255)},
      blue_{levels_of(how.black_white[2], how.black_white[3], 127)},
      red_{levels_of(how.black_white[4], how.black_white[5], 127)},
      weights_{how.weights} {}

  void convert(uint8_t luma, uint8_t blue, uint8_t red, uint8_t* to) const {
    const auto y = luma_[luma];
    const auto r = y + red_[red] * (2 - 2 * weights_[0]);
    const auto b = y + blue_[blue] * (2 - 2 * weights_[2]);
    const auto g =
      (y - weights_[2] * b - weights_[0] * r) / (weights_[1] != 0 ? weights_[1] : 1);
    to[0] = light(r);
    to[1] = light(g);
    to[2] = light(b);
  }

private:
  levels luma_, blue_, red_;
  std::array<float, 3> weights_;
};

} // namespace

size_t bytes_of_luma(const tiff_luma& how, int32_t width, int32_t rows) {
  return static_cast<size_t>(units(width, how.across))
         * static_cast<size_t>(units(rows, how.down))
         * (static_cast<size_t>(how.across) * static_cast<size_t>(how.down) + 2);
}

void luma_to_rgb(const tiff_luma& how, const uint8_t* from, int32_t width, int32_t rows,
                 uint8_t* to) {
  const converter colors{how};
  const auto lumas = how.across * how.down;
  for (int32_t top = 0; top < rows; top += how.down)
    for (int32_t left = 0; left < width; left += how.across, from += lumas + 2)
      for (int32_t i = 0; i < lumas; ++i) {
        const auto x = left + i % how.across, y = top + i / how.across;
        if (x < width && y < rows)
          colors.convert(
            from[i], from[lumas], from[lumas + 1],
            to
              + (size_t{3} * static_cast<size_t>(width) * static_cast<size_t>(y)
                 + size_t{3} * static_cast<size_t>(x)));
      }
}

} // namespace troupe::formats

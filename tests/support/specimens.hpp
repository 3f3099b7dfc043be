// Images made in code, with known samples.

#pragma once

#include "storage/pixels.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace troupe::test {

/// A stack as a microscope writes it: 16-bit OME-TIFF, 60 x 40, 3 z, 2 channels (DAPI
/// blue, GFP green), 2 t, 0.65 um a pixel.
struct stack {
  static constexpr int32_t width = 60, height = 40, sections = 3, channels = 2, times = 2;
  int32_t seed = 0; ///< another one, other samples

  std::string bytes() const;
  uint16_t sample(int32_t x, int32_t y, int32_t z, int32_t c, int32_t t) const {
    return static_cast<uint16_t>(2 * x + 3 * y + 10 * z + 50 * c + 20 * t + seed);
  }
  /// A plane as /pixels sends it.
  std::string plane(int32_t z, int32_t c, int32_t t) const;
};

/// An RGB picture; sample(x, y, channel) is the same in every kind of file.
struct picture_specimen {
  int32_t width = 64, height = 48;
  uint8_t sample(int32_t x, int32_t y, int32_t c) const {
    return static_cast<uint8_t>(x * (c + 1) + y * 2 + c * 40);
  }
  std::string png() const;
  std::string jpeg() const; ///< lossy
  std::string plane(int32_t c) const;
};

/// An 8-bit grey TIFF in tiles, halved into SubIFDs until it fits one tile of 256.
/// sample(x, y, level) is known at every level.
struct pyramid {
  int32_t width = 1500, height = 1100;
  int32_t seed = 0;
  std::vector<extent> levels() const;
  uint8_t sample(int32_t x, int32_t y, size_t level) const {
    return static_cast<uint8_t>(x / 3 + y / 5 + 60 * static_cast<int32_t>(level) + seed);
  }
  std::string bytes() const;
  std::string plane(size_t level) const;
};

/// A flat grey TIFF of any size that takes little disk: its tiles are all the same.
std::string big_tiff(int32_t width, int32_t height, uint8_t value = 7);

/// Starts like a TIFF, ends in the middle of its pixels.
std::string damaged_tiff();

/// RGB samples of a PNG or a JPEG.
struct decoded {
  int32_t width = 0, height = 0;
  std::vector<uint8_t> rgb;
  int at(int32_t x, int32_t y, int32_t c) const {
    return rgb.at((static_cast<size_t>(y) * width + x) * 3 + c);
  }
};
decoded decode_png(const std::string& bytes);
decoded decode_jpeg(const std::string& bytes);

} // namespace troupe::test

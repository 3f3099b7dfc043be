#include "storage/render/codomain.hpp"
#include "storage/render/row_kernels.hpp"
#include "storage/render/sample_type.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace troupe::render::kernels::plain {
namespace {

uint8_t level_of(double v, const straight_line& line) {
  if (v >= line.end)
    return 255;
  if (!(v >= line.start))
    return 0;
  const auto level = std::floor(line.slope * v - line.intercept + 0.5);
  return std::isnan(level) ? 0 : low_byte(level);
}

} // namespace

void line_levels(pixel_type type, const uint8_t* samples, size_t count,
                 const straight_line& line, uint8_t* levels) {
  with_sample_type(type, [&]<class Sample>(Sample) {
    for (size_t x = 0; x < count; ++x) {
      Sample v;
      std::memcpy(&v, samples + x * sizeof v, sizeof v);
      levels[x] = level_of(static_cast<double>(v), line);
    }
  });
}

void integer_levels(const uint8_t* samples, size_t count, const integer_line& line,
                    uint8_t* levels) {
  for (size_t x = 0; x < count; ++x) {
    uint16_t sample;
    std::memcpy(&sample, samples + 2 * x, 2);
    const auto moved = (sample ^ line.flipped) - line.first;
    const auto n = std::clamp<int32_t>(moved, 0, line.width);
    levels[x] = static_cast<uint8_t>(line.level(static_cast<uint32_t>(n)));
  }
}

void add_levels(const uint8_t* levels, size_t count, uint8_t* sums) {
  for (size_t x = 0; x < count; ++x)
    sums[x] = static_cast<uint8_t>(std::min(255, sums[x] + levels[x]));
}

void add_parts(const uint8_t* levels, size_t count, uint16_t factor, uint8_t* sums) {
  for (size_t x = 0; x < count; ++x)
    sums[x] = static_cast<uint8_t>(
      std::min(255u, sums[x] + uint32_t{levels[x]} * factor / 65536));
}

void interleave(const uint8_t* red, const uint8_t* green, const uint8_t* blue,
                size_t count, uint8_t* rgb) {
  for (size_t x = 0; x < count; ++x, rgb += 3) {
    rgb[0] = red[x];
    rgb[1] = green[x];
    rgb[2] = blue[x];
  }
}

} // namespace troupe::render::kernels::plain

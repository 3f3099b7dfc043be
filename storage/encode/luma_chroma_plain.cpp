#include "storage/encode/luma_chroma.hpp"

namespace troupe::plain {
namespace {

constexpr int32_t one = 1 << 16, half = one / 2; // libjpeg's fixed point
constexpr int32_t centre = 128 * one + half - 1;

uint8_t luma(int32_t r, int32_t g, int32_t b) {
  return static_cast<uint8_t>((19595 * r + 38470 * g + 7471 * b + half) / one);
}

int32_t blue(int32_t r, int32_t g, int32_t b) {
  return (centre - 11059 * r - 21709 * g + 32768 * b) / one;
}

int32_t red(int32_t r, int32_t g, int32_t b) {
  return (centre + 32768 * r - 27439 * g - 5329 * b) / one;
}

} // namespace

void to_luma_chroma(const component_rows& upper, const component_rows& lower, size_t from,
                    size_t count, const luma_chroma_rows& to) {
  for (auto x = from; x < count; x += 2) {
    auto blues = 1 + static_cast<int32_t>(x / 2 % 2), reds = blues; // round in turn
    for (size_t i = 0; i < 4; ++i) {
      const auto& row = i < 2 ? upper : lower;
      const auto at = x + i % 2;
      const auto r = row[0][at], g = row[1][at], b = row[2][at];
      to.luma[i / 2][at] = luma(r, g, b);
      blues += blue(r, g, b);
      reds += red(r, g, b);
    }
    to.blue[x / 2] = static_cast<uint8_t>(blues / 4);
    to.red[x / 2] = static_cast<uint8_t>(reds / 4);
  }
}

} // namespace troupe::plain

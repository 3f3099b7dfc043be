#include "tests/bench/engine_work.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>

namespace troupe::bench {

raw_plane cells(int32_t width, int32_t height, uint32_t seed) {
  constexpr int32_t pitch = 48; // pixels between cells
  std::mt19937 random{seed};
  std::normal_distribution<float> noise{0, 40};
  std::uniform_real_distribution<float> shift{-12, 12}, brightness{300, 3000};
  std::vector<float> levels(static_cast<size_t>(width) * static_cast<size_t>(height));
  for (auto& v : levels)
    v = 400 + noise(random);
  for (int32_t cy = pitch / 2; cy < height; cy += pitch)
    for (int32_t cx = pitch / 2; cx < width; cx += pitch) {
      const auto x0 = static_cast<float>(cx) + shift(random);
      const auto y0 = static_cast<float>(cy) + shift(random);
      const auto peak = brightness(random);
      for (auto y = std::max(0, cy - pitch / 2); y < std::min(height, cy + pitch / 2);
           ++y)
        for (auto x = std::max(0, cx - pitch / 2); x < std::min(width, cx + pitch / 2);
             ++x) {
          const auto dx = static_cast<float>(x) - x0, dy = static_cast<float>(y) - y0;
          levels[static_cast<size_t>(y) * static_cast<size_t>(width)
                 + static_cast<size_t>(x)] += peak * std::exp(-(dx * dx + dy * dy) / 120);
        }
    }
  shared_bytes::vector bytes(levels.size() * 2);
  for (size_t i = 0; i < levels.size(); ++i) {
    const auto v = static_cast<uint16_t>(std::clamp(levels[i], 0.0f, 4095.0f));
    bytes[2 * i] = static_cast<uint8_t>(v);
    bytes[2 * i + 1] = static_cast<uint8_t>(v >> 8);
  }
  return {width, height, pixel_type::uint16, shared_bytes{std::move(bytes)}};
}

namespace {

view make_view(int32_t width, int32_t height, int32_t channels) {
  const rgba colors[] = {{255, 0, 0, 255},   {0, 255, 0, 255},    {0, 0, 255, 255},
                         {255, 0, 255, 255}, {255, 200, 0, 255},  {0, 255, 255, 255},
                         {255, 102, 0, 255}, {255, 255, 255, 255}};
  view v;
  for (int32_t c = 0; c < channels; ++c) {
    v.planes.push_back(cells(width, height, static_cast<uint32_t>(c % 8) + 1));
    const auto [low, high] = render::range_of(v.planes.back());
    v.settings.channels.push_back(
      {.index = c, .start = low, .end = high, .color = colors[c % 8]});
  }
  return v;
}

} // namespace

const view& cells_view(int32_t width, int32_t height, int32_t channels) {
  static std::map<std::array<int32_t, 3>, view> made; // benchmarks run one by one
  const std::array key{width, height, channels};
  auto found = made.find(key);
  if (found == made.end())
    found = made.emplace(key, make_view(width, height, channels)).first;
  return found->second;
}

} // namespace troupe::bench

#include "storage/render/lut_formulas.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::render {
namespace {

using rgb = std::array<int, 3>;
using knots = std::array<uint8_t, 32>;

lookup_table table_of(rgb (*color)(int level)) {
  lookup_table table;
  for (int i = 0; i < 256; ++i)
    for (size_t c = 0; c < 3; ++c)
      table.components[c][static_cast<size_t>(i)] = static_cast<uint8_t>(color(i)[c]);
  return table;
}

rgb hilo(int i) {
  return i == 0 ? rgb{0, 0, 255} : i == 255 ? rgb{255, 0, 0} : rgb{i, i, i};
}

rgb red_green(int i) {
  return i < 128 ? rgb{2 * i, 0, 0} : rgb{0, 2 * (i - 128), 0};
}

rgb three_three_two(int i) {
  return {i & 0xe0, (i & 0x1c) << 3, (i & 3) << 6};
}

/// Blue, green, yellow, red, grey.
rgb five_ramps(int i) {
  const auto v = std::max(1, 5 * (i % 51));
  switch (i / 51) {
    case 0: return {0, 0, v};
    case 1: return {0, v, 0};
    case 2: return {v, v, 0};
    case 3: return {v, 0, 0};
    case 4: return {v, v, v};
    default: return {255, 255, 255};
  }
}

/// The hue wheel at full saturation, in single precision.
rgb spectrum(int i) {
  const auto hue = static_cast<float>(i) / 255.0f;
  const auto h = (hue - std::floor(hue)) * 6.0f;
  const auto f = h - std::floor(h);
  auto level = [](float c) { return static_cast<int>(c * 255.0f + 0.5f); };
  const auto falling = level(1.0f - f), rising = level(1.0f - (1.0f - f));
  switch (static_cast<int>(h)) {
    case 0: return {255, rising, 0};
    case 1: return {falling, 255, 0};
    case 2: return {0, 255, rising};
    case 3: return {0, falling, 255};
    case 4: return {rising, 0, 255};
    default: return {255, 0, falling};
  }
}

constexpr knots fire[3] = {
  {0,   0,   1,   25,  49,  73,  98,  122, 146, 162, 173, 184, 195, 207, 217, 229,
   240, 252, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255},
  {0,  0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   14,  35,  57,
   79, 101, 117, 133, 147, 161, 175, 190, 205, 219, 234, 248, 255, 255, 255, 255},
  {0, 61, 96, 130, 165, 192, 220, 227, 210, 181, 151, 122, 93, 64,  35,  5,
   0, 0,  0,  0,   0,   0,   0,   0,   0,   0,   0,   35,  98, 160, 223, 255}};

constexpr knots ice[3] = {
  {0,   0,   0,   0,   0,   0,   19,  29,  50,  48,  79,  112, 134, 158, 186, 201,
   217, 229, 242, 250, 250, 250, 250, 251, 250, 250, 250, 250, 251, 251, 243, 230},
  {156, 165, 176, 184, 190, 196, 193, 184, 171, 162, 146, 125, 107, 93, 81, 87,
   92,  97,  95,  93,  93,  90,  85,  69,  64,  54,  47,  35,  19,  0,  4,  0},
  {140, 147, 158, 166, 170, 176, 209, 220, 234, 225, 236, 246, 250, 251, 250, 250,
   245, 230, 230, 222, 202, 180, 163, 142, 123, 114, 106, 94,  84,  64,  26,  27}};

lookup_table table_of(const knots (&components)[3]) {
  lookup_table table;
  for (size_t c = 0; c < 3; ++c)
    table.components[c] = stretched(components[c]);
  return table;
}

} // namespace

std::vector<std::pair<std::string, lookup_table>> formula_tables() {
  return {{"3-3-2_rgb.lut", table_of(three_three_two)},
          {"5_ramps.lut", table_of(five_ramps)},
          {"fire.lut", table_of(fire)},
          {"grays.lut", shades_of_grey()},
          {"hilo.lut", table_of(hilo)},
          {"ice.lut", table_of(ice)},
          {"red-green.lut", table_of(red_green)},
          {"spectrum.lut", table_of(spectrum)}};
}

} // namespace troupe::render

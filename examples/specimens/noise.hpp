// Smooth random fields and random points: the stuff specimens are made of.

#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace troupe::specimens {

/// A number in 0..1 that depends on nothing but its arguments.
inline float hash01(int32_t x, int32_t y, uint32_t seed) {
  auto h = static_cast<uint32_t>(x) * 374761393u + static_cast<uint32_t>(y) * 668265263u
           + seed * 2246822519u;
  h = (h ^ (h >> 13)) * 1274126177u;
  return static_cast<float>((h ^ (h >> 16)) & 0xffffff) / 16777215.0f;
}

/// Value noise, 0..1, features of about one unit.
inline float smooth_noise(float x, float y, uint32_t seed) {
  auto ix = static_cast<int32_t>(std::floor(x)), iy = static_cast<int32_t>(std::floor(y));
  auto ease = [](float f) { return f * f * (3 - 2 * f); };
  auto fx = ease(x - static_cast<float>(ix)), fy = ease(y - static_cast<float>(iy));
  auto top = std::lerp(hash01(ix, iy, seed), hash01(ix + 1, iy, seed), fx);
  auto bottom = std::lerp(hash01(ix, iy + 1, seed), hash01(ix + 1, iy + 1, seed), fx);
  return std::lerp(top, bottom, fy);
}

/// Four octaves of it.
inline float cloud(float x, float y, uint32_t seed) {
  float sum = 0, weight = 0.5f;
  for (uint32_t octave = 0; octave < 4; ++octave, weight /= 2, x *= 2, y *= 2)
    sum += weight * smooth_noise(x, y, seed + octave);
  return sum / 0.9375f;
}

inline float clamp01(float v) {
  return std::clamp(v, 0.0f, 1.0f);
}

/// 0 below `from`, 1 above `to`, smooth between.
inline float step(float from, float to, float v) {
  auto f = clamp01((v - from) / (to - from));
  return f * f * (3 - 2 * f);
}

} // namespace troupe::specimens

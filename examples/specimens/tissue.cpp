#include "examples/specimens/tissue.hpp"

#include "examples/specimens/noise.hpp"

#include <array>

namespace troupe::specimens {

namespace {

using colour = std::array<float, 3>;

colour mix(const colour& a, const colour& b, float f) {
  return {std::lerp(a[0], b[0], f), std::lerp(a[1], b[1], f), std::lerp(a[2], b[2], f)};
}

/// Nearest of randomly placed points, one per grid cell. @returns distance in grid units.
struct nearest {
  float distance = 9, second = 9;
  uint32_t id = 0;
};
nearest nearest_point(float x, float y, uint32_t seed, float fill) {
  nearest out;
  auto ix = static_cast<int32_t>(std::floor(x)), iy = static_cast<int32_t>(std::floor(y));
  for (int32_t gy = iy - 1; gy <= iy + 1; ++gy)
    for (int32_t gx = ix - 1; gx <= ix + 1; ++gx) {
      if (hash01(gx, gy, seed + 2) > fill)
        continue;
      auto dx = x - static_cast<float>(gx) - 0.15f - 0.7f * hash01(gx, gy, seed);
      auto dy = y - static_cast<float>(gy) - 0.15f - 0.7f * hash01(gx, gy, seed + 1);
      auto d = std::sqrt(dx * dx + dy * dy);
      if (d < out.distance) {
        out.second = out.distance;
        out.distance = d;
        out.id = static_cast<uint32_t>(gx * 7919 + gy);
      } else {
        out.second = std::min(out.second, d);
      }
    }
  return out;
}

constexpr colour glass{247, 244, 246}, stroma{232, 168, 196}, fibre{214, 128, 170},
  cytoplasm{206, 140, 190}, nucleus{92, 52, 134}, lumen{244, 236, 243},
  blood{205, 62, 84};

colour pixel(const tissue& s, float x, float y) {
  // The section is an island with a torn edge.
  auto cx = x / static_cast<float>(s.width) - 0.5f,
       cy = y / static_cast<float>(s.height) - 0.5f;
  auto edge = std::sqrt(cx * cx * 1.1f + cy * cy * 1.25f)
              + 0.14f * (cloud(x / 900, y / 900, 61) - 0.5f);
  auto present = 1 - step(0.415f, 0.43f, edge);
  if (present <= 0)
    return mix(glass, {240, 238, 242}, 0.4f * cloud(x / 400, y / 400, 60));

  // Glands: rings of epithelium around a lumen.
  auto warp = 90 * (cloud(x / 300, y / 300, 62) - 0.5f);
  auto gland = nearest_point((x + warp) / 430, (y - warp) / 430, 63, 0.78f);
  auto radius = 0.27f + 0.1f * hash01(static_cast<int32_t>(gland.id), 1, 64);
  auto ring = gland.distance / radius;

  auto wave = smooth_noise((x + 2.5f * y + 2 * warp) / 46, (y - 0.4f * x) / 210, 65);
  auto out =
    mix(stroma, fibre, clamp01(0.9f * wave + 0.35f * (cloud(x / 35, y / 35, 66) - 0.5f)));
  auto tear = step(0.79f, 0.83f, smooth_noise((x + y) / 70, (y - x) / 260, 67));
  out = mix(out, glass, 0.85f * tear * step(1.1f, 1.3f, ring));

  auto density = 0.32f; // nuclei of the stroma
  if (ring < 1.02f) {
    auto epithelium = step(0.42f, 0.5f, ring);
    out =
      mix(lumen, mix(cytoplasm, stroma, 0.25f * cloud(x / 12, y / 12, 68)), epithelium);
    density = epithelium > 0.5f ? 0.95f : 0.04f;
  }
  // Vessels with red cells.
  auto vessel = nearest_point(x / 900, y / 900, 69, 0.5f);
  if (vessel.distance < 0.075f) {
    auto cell = nearest_point(x / 15, y / 15, 70, 0.9f);
    out = mix(lumen, blood,
              vessel.distance < 0.066f ? 0.85f * (1 - step(0.36f, 0.5f, cell.distance))
                                       : 0.25f);
    density = 0;
  }
  auto n = nearest_point(x / 21 + 0.3f * wave, y / 21, 71, density);
  auto size = 0.3f + 0.12f * hash01(static_cast<int32_t>(n.id), 2, 72);
  auto body = 1 - step(size * 0.85f, size * 1.1f, n.distance);
  auto chromatin = 0.72f + 0.4f * cloud(x / 4, y / 4, 73);
  out = mix(out, {nucleus[0] * chromatin, nucleus[1] * chromatin, nucleus[2] * chromatin},
            0.92f * body);

  auto grain = 7 * (hash01(static_cast<int32_t>(x), static_cast<int32_t>(y), 74) - 0.5f);
  for (auto& c : out)
    c += grain;
  return mix(glass, out, present);
}

} // namespace

std::vector<uint8_t> tissue::rows(int32_t top, int32_t count) const {
  std::vector<uint8_t> out(static_cast<size_t>(width) * static_cast<size_t>(count) * 3);
  auto* at = out.data();
  for (int32_t y = top; y < top + count; ++y)
    for (int32_t x = 0; x < width; ++x)
      for (auto c : pixel(*this, static_cast<float>(x), static_cast<float>(y)))
        *at++ = static_cast<uint8_t>(std::clamp(c, 0.0f, 255.0f));
  return out;
}

} // namespace troupe::specimens

#include "examples/specimens/cells.hpp"

#include "examples/specimens/noise.hpp"

#include <array>

namespace troupe::specimens {

namespace {

struct cell {
  float x, y, depth;   ///< centre; depth in sections
  float nucleus, body; ///< radii, pixels
  float turn, stretch;
  uint32_t seed;
};

/// Cells on a jittered grid, drifting a little with time.
std::vector<cell> cells_of(const culture& c, int32_t t) {
  constexpr float spacing = 112;
  std::vector<cell> out;
  auto n = static_cast<int32_t>(static_cast<float>(c.side) / spacing) + 2;
  for (int32_t gy = -1; gy < n; ++gy)
    for (int32_t gx = -1; gx < n; ++gx) {
      auto seed = static_cast<uint32_t>((gy + 7) * 131 + gx + 7);
      auto random = [&](uint32_t k) { return hash01(gx, gy, k * 17 + 3); };
      if (random(9) < 0.12f)
        continue; // a gap in the monolayer
      auto angle = 6.28f * random(5);
      auto drift = 4.0f * static_cast<float>(t);
      out.push_back({(static_cast<float>(gx) + 0.25f + 0.6f * random(1)) * spacing
                       + drift * std::cos(angle),
                     (static_cast<float>(gy) + 0.25f + 0.6f * random(2)) * spacing
                       + drift * std::sin(angle),
                     static_cast<float>(c.sections) * (0.35f + 0.3f * random(3)),
                     19 + 9 * random(4), 62 + 22 * random(6), 3.14f * random(7),
                     1.05f + 0.5f * random(8), seed});
    }
  return out;
}

/// Distance in a turned and stretched frame, with an uneven outline.
place locate(const std::vector<cell>& cells, float x, float y) {
  place p;
  for (auto& c : cells) {
    auto dx = x - c.x, dy = y - c.y;
    if (std::abs(dx) > 170 || std::abs(dy) > 170)
      continue;
    auto u = (dx * std::cos(c.turn) + dy * std::sin(c.turn)) / c.stretch;
    auto v = -dx * std::sin(c.turn) + dy * std::cos(c.turn);
    auto r = std::sqrt(u * u + v * v);
    auto outline = 1 + 0.28f * (smooth_noise(u / 30, v / 30, c.seed) - 0.5f);
    auto d = r / (c.body * outline);
    if (d < p.near) {
      p.second = p.near;
      p.near = d;
      p.depth = c.depth;
      p.nuclear =
        r / (c.nucleus * (1 + 0.12f * (smooth_noise(u / 14, v / 14, c.seed + 1) - 0.5f)));
      p.seed = c.seed;
    } else if (d < p.second) {
      p.second = d;
    }
  }
  return p;
}

float nuclei(const place& p, float x, float y) {
  auto texture = 0.55f + 0.6f * cloud(x / 9, y / 9, 11)
                 - 0.35f * step(0.66f, 0.72f, smooth_noise(x / 8, y / 8, p.seed + 5));
  return (1 - step(0.86f, 1.08f, p.nuclear)) * texture;
}

float actin(const place& p, float x, float y) {
  auto inside = 1 - step(0.8f, 1.0f, p.near);
  auto tilt = 6.28f * hash01(static_cast<int32_t>(p.seed), 3, 8);
  auto along = x * std::cos(tilt) + y * std::sin(tilt),
       across = y * std::cos(tilt) - x * std::sin(tilt);
  auto fibre = std::pow(smooth_noise(across / 4.2f, along / 90, 21), 3.0f);
  auto cortex = std::exp(-std::pow((p.near - 0.93f) / 0.05f, 2.0f));
  return inside * (0.1f + 0.85f * fibre) * step(0.2f, 1.5f, p.nuclear) + 0.75f * cortex;
}

float mitochondria(const place& p, float x, float y) {
  auto bend = 9 * cloud(x / 60, y / 60, 31);
  auto worm = std::abs(smooth_noise((x + bend) / 9, (y - bend) / 9, 33) - 0.5f);
  auto where = step(1.05f, 1.5f, p.nuclear) * (1 - step(0.45f, 0.85f, p.near));
  return where * (1 - step(0.02f, 0.11f, worm))
         * (0.6f + 0.6f * smooth_noise(x / 25, y / 25, 35));
}

float membrane(const place& p, float x, float y) {
  auto gap = p.second - p.near;
  auto contact = std::exp(-std::pow(gap / 0.06f, 2.0f)) * (1 - step(1.0f, 1.25f, p.near));
  auto ruffle = std::exp(-std::pow((p.near - 1.0f) / 0.045f, 2.0f));
  return 0.8f * std::max(contact, 0.7f * ruffle)
         + 0.06f * (1 - step(0.9f, 1.05f, p.near)) * cloud(x / 20, y / 20, 41);
}

} // namespace

std::vector<place> culture::places(int32_t t) const {
  auto cells = cells_of(*this, t);
  std::vector<place> out;
  out.reserve(static_cast<size_t>(side) * static_cast<size_t>(side));
  for (int32_t y = 0; y < side; ++y)
    for (int32_t x = 0; x < side; ++x)
      out.push_back(locate(cells, static_cast<float>(x), static_cast<float>(y)));
  return out;
}

std::vector<uint16_t> culture::plane(const std::vector<place>& at, int32_t channel,
                                     int32_t z, int32_t t) const {
  static constexpr std::array draw{nuclei, actin, mitochondria, membrane};
  static constexpr std::array thickness{2.4f, 1.5f, 1.7f, 2.0f}; ///< sections
  static constexpr std::array bright{2600.0f, 2300.0f, 3000.0f, 2100.0f};
  auto k = static_cast<size_t>(channel);
  auto fading = 1 - 0.06f * static_cast<float>(t);
  std::vector<uint16_t> out;
  out.reserve(at.size());
  for (int32_t y = 0; y < side; ++y)
    for (int32_t x = 0; x < side; ++x) {
      auto fx = static_cast<float>(x), fy = static_cast<float>(y);
      auto& p = at[out.size()];
      auto off =
        static_cast<float>(z) - p.depth + (k == 1 ? 1.2f : 0.0f); // actin lies lower
      auto focus = std::exp(-off * off / (2 * thickness[k] * thickness[k]));
      auto light = p.near < 2 ? draw[k](p, fx, fy) * focus * fading : 0;
      auto grain =
        (hash01(x, y, static_cast<uint32_t>(101 + z * 37 + t * 1009 + channel)) - 0.5f)
        * (22 + 40 * std::sqrt(std::max(0.0f, light)));
      auto value =
        110 + 25 * smooth_noise(fx / 200, fy / 200, 51) + bright[k] * light + grain;
      out.push_back(static_cast<uint16_t>(std::clamp(value, 0.0f, 4095.0f)));
    }
  return out;
}

} // namespace troupe::specimens

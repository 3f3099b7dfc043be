#include "storage/render/resample.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace troupe::render {
namespace {

constexpr double radius = 3;

double lanczos(double x) {
  if (x == 0)
    return 1;
  if (std::abs(x) >= radius)
    return 0;
  const auto p = x * std::numbers::pi;
  return radius * std::sin(p) * std::sin(p / radius) / (p * p);
}

/// The source positions one target position is made of.
struct taps {
  std::vector<int32_t> positions;
  std::vector<float> weights; // add up to 1
};

int32_t mirrored(int32_t at, int32_t count) {
  while (at < 0 || at >= count)
    at = at < 0 ? -at - 1 : 2 * count - at - 1;
  return at;
}

std::vector<taps> taps_of(int32_t from, int32_t to) {
  const auto step = static_cast<double>(from) / to, spread = std::max(step, 1.0);
  std::vector<taps> result(static_cast<size_t>(to));
  for (int32_t i = 0; i < to; ++i) {
    auto& t = result[static_cast<size_t>(i)];
    const auto centre = (i + 0.5) * step - 0.5;
    double sum = 0;
    for (auto at = static_cast<int32_t>(std::ceil(centre - radius * spread));
         at <= centre + radius * spread; ++at) {
      const auto w = lanczos((at - centre) / spread);
      t.positions.push_back(mirrored(at, from));
      t.weights.push_back(static_cast<float>(w));
      sum += w;
    }
    for (auto& w : t.weights)
      w = static_cast<float>(w / sum);
  }
  return result;
}

uint8_t rounded(float v) {
  return static_cast<uint8_t>(std::clamp(v + 0.5f, 0.0f, 255.0f));
}

picture narrowed(const picture& from, int32_t width) {
  picture out{width, from.height, {}};
  out.rgb.reserve(static_cast<size_t>(width) * static_cast<size_t>(from.height) * 3);
  const auto columns = taps_of(from.width, width);
  for (int32_t y = 0; y < from.height; ++y) {
    const auto row = from.rgb.data() + static_cast<size_t>(y) * from.width * 3;
    for (auto& t : columns) {
      float sum[3] = {0, 0, 0};
      for (size_t i = 0; i < t.weights.size(); ++i)
        for (size_t c = 0; c < 3; ++c)
          sum[c] += t.weights[i] * row[static_cast<size_t>(t.positions[i]) * 3 + c];
      for (auto s : sum)
        out.rgb.push_back(rounded(s));
    }
  }
  return out;
}

picture lowered(const picture& from, int32_t height) {
  const auto row_size = static_cast<size_t>(from.width) * 3;
  picture out{from.width, height, {}};
  out.rgb.reserve(row_size * static_cast<size_t>(height));
  std::vector<float> sum(row_size);
  for (auto& t : taps_of(from.height, height)) {
    std::ranges::fill(sum, 0.0f);
    for (size_t i = 0; i < t.weights.size(); ++i) {
      const auto row = from.rgb.data() + static_cast<size_t>(t.positions[i]) * row_size;
      for (size_t x = 0; x < row_size; ++x)
        sum[x] += t.weights[i] * row[x];
    }
    for (auto s : sum)
      out.rgb.push_back(rounded(s));
  }
  return out;
}

} // namespace

picture resample(const picture& from, extent want) {
  if (want.width < 1 || want.height < 1 || from.width < 1 || from.height < 1)
    throw failure{errc::bad_request, "a picture needs at least one pixel"};
  return lowered(narrowed(from, want.width), want.height);
}

} // namespace troupe::render

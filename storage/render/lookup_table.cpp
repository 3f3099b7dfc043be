#include "storage/render/lookup_table.hpp"

#include <algorithm>
#include <numeric>

namespace troupe::render {

lookup_table shades_of(rgba color) {
  const auto dim = static_cast<float>(color.alpha) / 255.0f;
  auto shade = [&](uint8_t component, size_t level) {
    auto p = static_cast<int32_t>((component / 255.0) * static_cast<double>(level));
    if (color.alpha != 255)
      p = static_cast<int32_t>(static_cast<float>(p) * dim);
    return static_cast<uint8_t>(p);
  };
  lookup_table table;
  for (size_t level = 0; level < 256; ++level) {
    table.components[0][level] = shade(color.red, level);
    table.components[1][level] = shade(color.green, level);
    table.components[2][level] = shade(color.blue, level);
  }
  return table;
}

lookup_table shades_of_grey() {
  lookup_table table;
  for (auto& component : table.components)
    std::iota(component.begin(), component.end(), uint8_t{0});
  return table;
}

std::array<uint8_t, 256> stretched(std::span<const uint8_t> knots) {
  std::array<uint8_t, 256> values{};
  for (size_t i = 0; i < values.size(); ++i) {
    const auto p = static_cast<double>(i * knots.size()) / 256;
    const auto left = static_cast<size_t>(p);
    const auto right = std::min(left + 1, knots.size() - 1);
    const auto f = p - static_cast<double>(left);
    values[i] = static_cast<uint8_t>((1 - f) * knots[left] + f * knots[right]);
  }
  return values;
}

} // namespace troupe::render

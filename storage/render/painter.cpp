#include "storage/render/painter.hpp"

#include "storage/failure.hpp"
#include "storage/render/row_kernels.hpp"

#include <algorithm>

namespace troupe::render {
namespace {

void check(const layer& l, extent size) {
  const auto& p = *l.plane;
  if (p.width != size.width || p.height != size.height
      || p.samples.size()
           != static_cast<size_t>(p.width) * static_cast<size_t>(p.height)
                * bytes_of(p.type)
      || p.type != l.levels.type)
    throw failure{errc::internal, "a plane to draw has another size"};
}

} // namespace

painter::painter(const std::vector<layer>& layers, extent size) : size_{size} {
  if (size.width < 0 || size.height < 0)
    throw failure{errc::internal, "a picture of negative size"};
  for (auto& l : layers) {
    check(l, size);
    level_source levels{*l.plane, l.levels};
    auto shade_of = [&](size_t component) {
      return shade{l.colors.components[component], levels.is_reversed()};
    };
    channels_.push_back({std::move(levels), {shade_of(0), shade_of(1), shade_of(2)}});
  }
}

void painter::paint(int32_t y, const component_rows& to) const {
  const auto width = static_cast<size_t>(size_.width);
  std::array<uint8_t, 2048> levels;
  for (size_t x = 0; x < width; x += levels.size()) {
    const auto count = std::min(levels.size(), width - x);
    for (auto component : to)
      std::fill_n(component + x, count, uint8_t{0});
    for (auto& c : channels_) {
      const auto row = c.levels.row(y, x, count, levels.data());
      for (size_t i = 0; i < 3; ++i)
        c.shades[i].add(row, count, to[i] + x);
    }
  }
}

picture painter::whole() const {
  picture out{size_.width, size_.height, {}};
  const auto width = static_cast<size_t>(size_.width);
  out.rgb.resize(width * static_cast<size_t>(size_.height) * 3);
  std::vector<uint8_t> row(width * 3);
  const component_rows apart{row.data(), row.data() + width, row.data() + 2 * width};
  for (int32_t y = 0; y < size_.height; ++y) {
    paint(y, apart);
    kernels::interleave(apart[0], apart[1], apart[2], width,
                        out.rgb.data() + static_cast<size_t>(y) * width * 3);
  }
  return out;
}

} // namespace troupe::render

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

void painter::paint(int32_t top, int32_t rows, uint8_t* rgb) const {
  const auto width = static_cast<size_t>(size_.width);
  std::vector<uint8_t> scratch(width * 4);
  const auto levels = scratch.data();
  const std::array sums{levels + width, levels + 2 * width, levels + 3 * width};
  for (auto y = top; y < top + rows; ++y, rgb += 3 * width) {
    std::fill_n(sums[0], 3 * width, uint8_t{0});
    for (auto& c : channels_) {
      const auto row = c.levels.row(y, levels);
      for (size_t i = 0; i < 3; ++i)
        c.shades[i].add(row, width, sums[i]);
    }
    kernels::interleave(sums[0], sums[1], sums[2], width, rgb);
  }
}

picture painter::whole() const {
  picture out{size_.width, size_.height, {}};
  out.rgb.resize(static_cast<size_t>(size_.width) * static_cast<size_t>(size_.height)
                 * 3);
  paint(0, size_.height, out.rgb.data());
  return out;
}

} // namespace troupe::render

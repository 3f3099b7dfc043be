#include "storage/derive/plan.hpp"

namespace troupe::derive {
namespace {

constexpr int64_t largest_planned = 3192 * 3192; ///< pixels drawn without a pyramid
constexpr int32_t smallest_planned = 256;        ///< pixels, longest side
constexpr int64_t widest_planned = 16 << 20;     ///< decoded bytes of a tile to look at

} // namespace

bool is_big(extent size) {
  return int64_t{size.width} * size.height > largest_planned;
}

std::vector<extent> levels_below(extent size) {
  std::vector<extent> levels;
  while (size.width > smallest_planned || size.height > smallest_planned) {
    size = {(size.width + 1) / 2, (size.height + 1) / 2};
    levels.push_back(size);
  }
  return levels;
}

std::optional<pyramid_plan> plan_of(const formats::fileset& from, int32_t series) {
  const auto& s = from.describe().images.at(static_cast<size_t>(series));
  if (!is_big(s.levels.back()) || s.type == pixel_type::complex64
      || s.type == pixel_type::complex128)
    return std::nullopt;
  pyramid_plan p;
  p.series = series;
  p.source_level = static_cast<int32_t>(s.levels.size()) - 1;
  p.source = s.levels.back();
  p.cut = from.tiling_of(series, p.source_level);
  p.type = s.type;
  p.how = s.labels || s.type == pixel_type::bit ? reduction::nearest : reduction::mean;
  p.z = s.size.z;
  p.groups = s.size.c / p.cut.samples;
  p.t = s.size.t;
  p.rgb = s.rgb && p.cut.samples >= 3;
  p.retiled =
    int64_t{p.cut.tile.width} * p.cut.tile.height * static_cast<int64_t>(p.pixel_bytes())
    > widest_planned;
  p.levels = levels_below(p.source);
  if (p.retiled)
    p.levels.insert(p.levels.begin(), p.source);
  return p;
}

} // namespace troupe::derive

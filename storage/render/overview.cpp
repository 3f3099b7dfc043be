#include "storage/render/overview.hpp"

#include <algorithm>

namespace troupe::render {

namespace {

constexpr int64_t band_bytes = 32 << 20;

/// How many rows are read at once.
int32_t band_height(const formats::series& image, const formats::block& part) {
  auto row_bytes =
    int64_t{part.where.width}
    * (static_cast<int64_t>(bytes_of(image.type) * part.channels.size()) + 3);
  if (row_bytes * part.where.height <= 2 * band_bytes)
    return part.where.height;
  auto height = static_cast<int32_t>(
    std::clamp<int64_t>(band_bytes / row_bytes, 1, part.where.height));
  if (height > image.tile.height && image.tile.height > 0)
    height -= height % image.tile.height; // a tile row is decoded once
  return height;
}

} // namespace

picture overview(formats::reader& from, int32_t series, plane_index at, const settings& s,
                 int32_t significant_bits, extent want, const lut_library& tables) {
  auto& levels = from.describe().images.at(static_cast<size_t>(series)).levels;
  auto level = thumbnail_level(levels, want);
  auto full = levels.at(level);
  return overview(
    from, {series, static_cast<int32_t>(level), at, {}, {0, 0, full.width, full.height}},
    s, significant_bits, want, tables);
}

picture overview(formats::reader& from, formats::block part, const settings& s,
                 int32_t significant_bits, extent want, const lut_library& tables) {
  part.channels = drawn_channels(s);
  const auto whole = part.where;
  const auto height =
    band_height(from.describe().images.at(static_cast<size_t>(part.series)), part);
  row_scaler small{{whole.width, whole.height}, want};
  for (int32_t top = 0; top < whole.height; top += height) {
    part.where.y = whole.y + top;
    part.where.height = std::min(height, whole.height - top);
    auto band = draw(s, from.read(part), {whole.width, part.where.height},
                     significant_bits, tables);
    for (int32_t y = 0; y < band.height; ++y)
      small.add(band.rgb.data() + static_cast<size_t>(y) * band.width * 3);
  }
  return small.take();
}

} // namespace troupe::render

#include "storage/render/overview.hpp"

#include <algorithm>

namespace troupe::render {

namespace {

constexpr int64_t band_bytes = 32 << 20;

/// Adds up the pixels of each cell of the small picture.
struct cells {
  explicit cells(extent want)
    : size{want},
      sums(static_cast<size_t>(want.width) * want.height * 3),
      counts(static_cast<size_t>(want.width) * want.height) {}

  void add(const picture& band, int32_t top, extent full) {
    for (int32_t y = 0; y < band.height; ++y) {
      auto row = static_cast<int64_t>(top + y) * size.height / full.height;
      auto* from = band.rgb.data() + static_cast<size_t>(y) * band.width * 3;
      for (int32_t x = 0; x < band.width; ++x, from += 3) {
        auto cell = static_cast<size_t>(
          row * size.width + static_cast<int64_t>(x) * size.width / full.width);
        for (size_t c = 0; c < 3; ++c)
          sums[cell * 3 + c] += from[c];
        ++counts[cell];
      }
    }
  }

  picture mean() const {
    picture out{size.width, size.height, std::vector<uint8_t>(sums.size())};
    for (size_t i = 0; i < sums.size(); ++i)
      if (auto n = counts[i / 3])
        out.rgb[i] = static_cast<uint8_t>((sums[i] + n / 2) / n);
    return out;
  }

  extent size;
  std::vector<uint64_t> sums;
  std::vector<uint32_t> counts;
};

} // namespace

picture overview(formats::reader& from, int32_t series, plane_index at, const settings& s,
                 int32_t significant_bits, extent want, const lut_library& tables) {
  auto& image = from.describe().images.at(static_cast<size_t>(series));
  auto level = thumbnail_level(image.levels, want);
  auto full = image.levels.at(level);
  auto channels = drawn_channels(s);
  auto read = [&](int32_t top, int32_t height) {
    region where{0, top, full.width, height};
    auto planes = from.read({series, static_cast<int32_t>(level), at, channels, where});
    return draw(s, planes, {where.width, where.height}, significant_bits, tables);
  };
  auto row_bytes = int64_t{full.width}
                   * (static_cast<int64_t>(bytes_of(image.type) * channels.size()) + 3);
  if (row_bytes * full.height <= 2 * band_bytes)
    return scale(read(0, full.height), want);
  auto height =
    static_cast<int32_t>(std::clamp<int64_t>(band_bytes / row_bytes, 1, full.height));
  if (height > image.tile.height && image.tile.height > 0)
    height -= height % image.tile.height; // a tile row is decoded once
  cells small{want};
  for (int32_t top = 0; top < full.height; top += height)
    small.add(read(top, std::min(height, full.height - top)), top, full);
  return small.mean();
}

} // namespace troupe::render

#include "storage/derive/level_histograms.hpp"

#include "storage/derive/cells.hpp"
#include "storage/derive/tile_codec.hpp"
#include "storage/samples.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::derive {
namespace {

constexpr int64_t moderate = 4 << 20; ///< pixels of a level
constexpr size_t bins = 256;

size_t level_to_count(const pyramid_plan& p) {
  size_t level = 0;
  while (level + 1 < p.levels.size()
         && int64_t{p.levels[level].width} * p.levels[level].height > moderate)
    ++level;
  return level;
}

template <class Sample>
void count(const uint8_t* pixel, size_t sample, channel_statistics& c) {
  Sample v;
  std::memcpy(&v, pixel + sample * sizeof v, sizeof v);
  const auto place = (static_cast<double>(v) - c.min) / (c.max - c.min) * bins;
  if (std::isfinite(place))
    ++c.bins.counts[static_cast<size_t>(std::clamp(place, 0.0, bins - 1.0))];
}

void count(pixel_type type, const uint8_t* pixel, size_t sample, channel_statistics& c) {
  switch (type) {
    case pixel_type::int32: return count<int32_t>(pixel, sample, c);
    case pixel_type::uint32: return count<uint32_t>(pixel, sample, c);
    case pixel_type::float32: return count<float>(pixel, sample, c);
    case pixel_type::float64: return count<double>(pixel, sample, c);
    default: return; // counted exactly
  }
}

} // namespace

void add_level_histograms(const pyramid_plan& plan, const pyramid_file& file,
                          std::vector<channel_statistics>& channels) {
  for (auto& c : channels)
    if (c.min <= c.max)
      c.bins = {c.min, c.max, std::vector<uint64_t>(bins)};
  const auto level = level_to_count(plan);
  const auto size = plan.levels[level];
  const auto samples = static_cast<size_t>(plan.cut.samples);
  tile_codec codec{plan.type, tile_side, samples};
  for (size_t page = 0; page < plan.pages(); ++page) {
    const auto first = static_cast<size_t>(page_of(plan, page).group) * samples;
    for (int32_t row = 0; row * tile_side < size.height; ++row)
      for (int32_t column = 0; column < file.across(size); ++column) {
        codec.decode(file.get({page, level, column, row}));
        const auto width = std::min(tile_side, size.width - column * tile_side);
        const auto height = std::min(tile_side, size.height - row * tile_side);
        for (int32_t y = 0; y < height; ++y)
          for (int32_t x = 0; x < width; ++x)
            for (size_t s = 0; s < samples; ++s)
              if (auto& c = channels[first + s]; c.min < c.max)
                count(plan.type,
                      codec.samples() + static_cast<size_t>(y) * codec.row_bytes()
                        + static_cast<size_t>(x) * plan.pixel_bytes(),
                      s, c);
      }
  }
}

} // namespace troupe::derive

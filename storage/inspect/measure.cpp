#include "storage/inspect/measure.hpp"

#include <algorithm>
#include <limits>

namespace troupe {
namespace {

constexpr int64_t measured_band_bytes = 16 << 20;
constexpr int64_t largest_estimate = 64 << 20; // bytes of one channel
constexpr int32_t channels_at_once = 16;       // one page may carry them all

derive::pixel_rows rows_of(const raw_plane& plane) {
  return {reinterpret_cast<const uint8_t*>(plane.samples.data()),
          static_cast<size_t>(plane.width) * bytes_of(plane.type),
          static_cast<size_t>(plane.width), static_cast<size_t>(plane.height)};
}

/// @param all  no sample was left out.
measured_series measures_of(const derive::sample_counter& seen, int32_t channels,
                            bool all) {
  measured_series m;
  for (int32_t c = 0; c < channels; ++c) {
    m.channels.push_back(range_of(seen.of(c)));
    m.channels.back().bins.exact &= all;
  }
  return m;
}

/// Rows of a band: whole tiles, so that each is decoded once.
int32_t rows_of_band(const formats::series& s, extent level, int32_t channels) {
  const auto row =
    int64_t{level.width} * static_cast<int64_t>(bytes_of(s.type)) * channels;
  const auto tile = std::max(1, s.tile.height);
  const auto tiles = std::max<int64_t>(1, measured_band_bytes / row / tile);
  return static_cast<int32_t>(std::min<int64_t>(level.height, tiles * tile));
}

std::vector<int32_t> channels_from(const formats::series& s, int32_t first) {
  std::vector<int32_t> result;
  for (auto c = first; c < std::min(s.size.c, first + channels_at_once); ++c)
    result.push_back(c);
  return result;
}

int32_t middle_of(int32_t count) {
  return (count - 1) / 2;
}

/// A block of moderate size around a point.
region block_at(const formats::series& s, extent level, int32_t x, int32_t y) {
  const extent step{std::clamp(s.tile.width, 1, 1024),
                    std::clamp(s.tile.height, 1, 1024)};
  x = x / step.width * step.width;
  y = y / step.height * step.height;
  return {x, y, std::min(step.width, level.width - x),
          std::min(step.height, level.height - y)};
}

} // namespace

channel_range range_of(derive::channel_statistics seen) {
  return seen.min <= seen.max ? channel_range{seen.min, seen.max, std::move(seen.bins)}
                              : channel_range{};
}

int64_t decoded_bytes(const formats::series& s) {
  const auto planes = static_cast<double>(s.size.z) * s.size.c * s.size.t;
  double total = 0;
  for (auto& level : s.levels)
    total += planes * static_cast<double>(bytes_of(s.type)) * level.width * level.height;
  return total < 9e18 ? static_cast<int64_t>(total) : std::numeric_limits<int64_t>::max();
}

const formats::series& measurer::series_at(int32_t index) const {
  return reader_.describe().images[static_cast<size_t>(index)];
}

void measurer::read_plane(const formats::block& plane, derive::sample_counter* into,
                          const std::function<void(int64_t)>& progress) {
  const auto& s = series_at(plane.series);
  const auto level = s.levels[static_cast<size_t>(plane.level)];
  for (int32_t first = 0; first < s.size.c; first += channels_at_once) {
    auto band = plane;
    band.channels = channels_from(s, first);
    const auto rows = rows_of_band(s, level, static_cast<int32_t>(band.channels.size()));
    for (int32_t y = 0; y < level.height; y += rows) {
      band.where = {0, y, level.width, std::min(rows, level.height - y)};
      const auto samples = reader_.read(band);
      int64_t bytes = 0;
      for (size_t i = 0; i < samples.size(); ++i) {
        if (into)
          into->add(band.channels[i], rows_of(samples[i]));
        bytes += static_cast<int64_t>(samples[i].samples.size());
      }
      progress(bytes);
    }
  }
}

measured_series measurer::everything(int32_t series,
                                     const std::function<void(int64_t)>& progress) {
  const auto& s = series_at(series);
  derive::sample_counter seen{s.type, s.size.c};
  for (size_t level = 0; level < s.levels.size(); ++level)
    for (int32_t t = 0; t < s.size.t; ++t)
      for (int32_t z = 0; z < s.size.z; ++z)
        read_plane({series, static_cast<int32_t>(level), {z, t}, {}, {}},
                   level == 0 ? &seen : nullptr, progress);
  return measures_of(seen, s.size.c, true);
}

void measurer::probe(int32_t series) {
  const auto& s = series_at(series);
  for (size_t i = 0; i < s.levels.size(); ++i)
    for (auto third : {0, 1, 2}) {
      auto at = [third](int32_t count) { return third * (count - 1) / 2; };
      const auto level = s.levels[i];
      reader_.read(
        {series,
         static_cast<int32_t>(i),
         {at(s.size.z), at(s.size.t)},
         s.size.c <= channels_at_once ? channels_from(s, 0) : std::vector{at(s.size.c)},
         block_at(s, level, at(level.width), at(level.height))});
    }
}

measured_series measurer::middle_plane(int32_t series) {
  const auto& s = series_at(series);
  derive::sample_counter seen{s.type, s.size.c};
  const auto level = s.levels.back();
  formats::block b{series,
                   static_cast<int32_t>(s.levels.size()) - 1,
                   {middle_of(s.size.z), middle_of(s.size.t)},
                   {},
                   {}};
  if (int64_t{level.width} * level.height * static_cast<int64_t>(bytes_of(s.type))
      <= largest_estimate) {
    read_plane(b, &seen, [](int64_t) {});
  } else {
    b.where = block_at(s, level, level.width / 2, level.height / 2);
    for (int32_t c = 0; c < s.size.c; ++c) {
      b.channels = {c};
      seen.add(c, rows_of(reader_.read(b).front()));
    }
  }
  return measures_of(seen, s.size.c, false);
}

} // namespace troupe

// Reading a whole file once: everything that will be shown later has been decoded here.

#include "storage/failure.hpp"
#include "storage/inspect/inspection.hpp"
#include "storage/render/draw.hpp"

#include <algorithm>
#include <limits>

namespace troupe {
namespace {

constexpr int64_t band_bytes = 16 << 20;
/// Files that decode to far more than they hold are probed, not read: a work budget.
constexpr int64_t always_measured = int64_t{1} << 30, largest_expansion = 4096;

int64_t bytes_of_series(const formats::series& s) {
  const auto planes = int64_t{s.size.z} * s.size.c * s.size.t;
  const auto bytes = static_cast<double>(planes) * static_cast<double>(bytes_of(s.type));
  double total = 0;
  for (auto& level : s.levels)
    total += bytes * level.width * level.height;
  return total < 9e18 ? static_cast<int64_t>(total) : std::numeric_limits<int64_t>::max();
}

bool is_worth_measuring(const formats::description& d, const inspection_request& what) {
  int64_t left = what.measure_up_to;
  const auto stored = static_cast<int64_t>(std::filesystem::file_size(what.file));
  left = std::min(left, std::max(always_measured, stored < INT64_MAX / largest_expansion
                                                      ? stored * largest_expansion
                                                      : INT64_MAX));
  for (auto& s : d.images) {
    const auto bytes = bytes_of_series(s);
    if (bytes > left)
      return false;
    left -= bytes;
  }
  return true;
}

void widen(channel_range& range, const raw_plane& plane) {
  const auto [low, high] = render::range_of(plane);
  range.min = std::min(range.min, low);
  range.max = std::max(range.max, high);
}

std::vector<int32_t> all_channels(const formats::series& s) {
  std::vector<int32_t> all;
  for (int32_t c = 0; c < s.size.c; ++c)
    all.push_back(c);
  return all;
}

/// Channels of one band together, in groups a page may share.
struct band_plan {
  int32_t rows = 1;
  int32_t channels = 1;
};

band_plan plan_for(const formats::series& s, extent level) {
  const auto row = int64_t{level.width} * static_cast<int64_t>(bytes_of(s.type));
  band_plan plan;
  plan.channels = s.size.c <= 16 ? s.size.c : 1;
  const auto fitting = std::max<int64_t>(1, band_bytes / (row * plan.channels));
  // Whole tiles, so that each is decoded once.
  const auto tiles = std::max<int64_t>(1, fitting / std::max(1, s.tile.height));
  plan.rows =
      static_cast<int32_t>(std::min<int64_t>(level.height, tiles * s.tile.height));
  return plan;
}

class measuring {
public:
  measuring(formats::reader& reader, const std::function<void(double)>& progress)
      : reader_{reader}, progress_{progress} {
    for (auto& s : reader.describe().images)
      total_ += static_cast<double>(bytes_of_series(s));
  }

  measured_series measure(int32_t index) {
    const auto& s = reader_.describe().images[static_cast<size_t>(index)];
    constexpr auto infinity = std::numeric_limits<double>::infinity();
    measured_series m;
    m.channels.assign(static_cast<size_t>(s.size.c), {infinity, -infinity});
    for (size_t level = 0; level < s.levels.size(); ++level)
      for (int32_t t = 0; t < s.size.t; ++t)
        for (int32_t z = 0; z < s.size.z; ++z)
          read_plane(index, static_cast<int32_t>(level), {z, t},
                     level == 0 ? &m : nullptr);
    for (auto& c : m.channels)
      if (c.min > c.max) // nothing finite
        c = {0, 0};
    return m;
  }

private:
  void read_plane(int32_t series, int32_t level, plane_index at, measured_series* into) {
    const auto& s = reader_.describe().images[static_cast<size_t>(series)];
    const auto size = s.levels[static_cast<size_t>(level)];
    const auto plan = plan_for(s, size);
    for (int32_t c = 0; c < s.size.c; c += plan.channels)
      for (int32_t y = 0; y < size.height; y += plan.rows) {
        formats::block b{series,
                         level,
                         at,
                         {},
                         {0, y, size.width, std::min(plan.rows, size.height - y)}};
        for (auto i = c; i < std::min(s.size.c, c + plan.channels); ++i)
          b.channels.push_back(i);
        const auto planes = reader_.read(b);
        for (size_t i = 0; i < planes.size(); ++i) {
          if (into)
            widen(into->channels[static_cast<size_t>(b.channels[i])], planes[i]);
          done_ += static_cast<double>(planes[i].samples.size());
        }
        progress_(std::min(1.0, done_ / total_));
      }
  }

  formats::reader& reader_;
  const std::function<void(double)>& progress_;
  double done_ = 0, total_ = 0;
};

/// The first, middle and last block of the first, middle and last plane, at every level.
void probe(formats::reader& reader, int32_t index) {
  const auto& s = reader.describe().images[static_cast<size_t>(index)];
  for (size_t level = 0; level < s.levels.size(); ++level) {
    const auto size = s.levels[level];
    const extent step{std::clamp(s.tile.width, 1, 1024),
                      std::clamp(s.tile.height, 1, 1024)};
    for (auto part : {0, 1, 2}) {
      auto at = [part](int32_t count) { return part * (count - 1) / 2; };
      const auto x = at(size.width) / step.width * step.width,
                 y = at(size.height) / step.height * step.height;
      reader.read({index,
                   static_cast<int32_t>(level),
                   {at(s.size.z), at(s.size.t)},
                   s.size.c <= 16 ? all_channels(s) : std::vector{at(s.size.c)},
                   {x, y, std::min(step.width, size.width - x),
                    std::min(step.height, size.height - y)}});
    }
  }
}

} // namespace

inspection inspect_here(const inspection_request& what,
                        const std::function<void(double)>& progress) {
  const auto reader = formats::open(what.file);
  inspection result;
  result.what = reader->describe();
  const auto images = static_cast<int32_t>(result.what.images.size());
  try {
    const auto measure = is_worth_measuring(result.what, what);
    measuring all{*reader, progress};
    for (int32_t i = 0; i < images; ++i) {
      if (measure)
        result.measured.push_back(all.measure(i));
      else
        probe(*reader, i);
    }
  } catch (const failure& e) {
    throw failure{e.code == errc::internal ? e.code : errc::unreadable,
                  what.file.filename().string() + ": " + e.what()};
  }
  return result;
}

} // namespace troupe

#include "storage/measurement/auto_contrast.hpp"

#include "storage/failure.hpp"
#include "storage/samples.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace troupe::measurement {
namespace {

/// Rank of a percentile among `count` samples, from 0.
size_t rank_of(double percentile, size_t count) {
  const auto rank = std::floor(percentile / 100 * static_cast<double>(count));
  return std::min(static_cast<size_t>(rank), count - 1);
}

/// 8- and 16-bit samples: counted exactly.
class counted_samples {
public:
  void add(double v) {
    ++counts_[static_cast<size_t>(v - lowest)];
    ++count_;
  }
  size_t count() const { return count_; }
  double at(size_t rank) {
    size_t value = 0;
    for (size_t seen = counts_[0]; seen <= rank; seen += counts_[value])
      ++value;
    return static_cast<double>(value) + lowest;
  }

private:
  static constexpr double lowest = -32768; // of int16
  std::vector<size_t> counts_ = std::vector<size_t>(32768 + 65536);
  size_t count_ = 0;
};

/// Wider ones: all are kept.
class kept_samples {
public:
  void add(double v) { samples_.push_back(v); }
  size_t count() const { return samples_.size(); }
  double at(size_t rank) {
    const auto nth = samples_.begin() + static_cast<ptrdiff_t>(rank);
    std::nth_element(samples_.begin(), nth, samples_.end());
    return *nth;
  }

private:
  std::vector<double> samples_;
};

template <class Samples>
std::optional<render::sample_range> window_of(std::span<const raw_plane> planes,
                                              percentiles p) {
  Samples all;
  for (auto& plane : planes)
    for_each_sample(plane, [&](double v) {
      if (std::isfinite(v))
        all.add(v);
    });
  if (all.count() == 0)
    return std::nullopt;
  const auto low = all.at(rank_of(p.low, all.count()));
  const auto high = all.at(rank_of(p.high, all.count()));
  if (!(low < high))
    return std::nullopt;
  return render::sample_range{low, high};
}

} // namespace

std::optional<render::sample_range> auto_window(std::span<const raw_plane> planes,
                                                percentiles p) {
  for (auto& plane : planes)
    if (plane.type != planes[0].type)
      throw failure{errc::bad_request, "planes of different types have no common window"};
  if (!planes.empty() && bytes_of(planes[0].type) > 2)
    return window_of<kept_samples>(planes, p);
  return window_of<counted_samples>(planes, p);
}

} // namespace troupe::measurement

#include "storage/measurement/histogram.hpp"

#include "storage/render/range.hpp"
#include "storage/samples.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace troupe::measurement {
namespace {

using render::profile;
using render::sample_range;

/// OMERO starts from the reversed limits of the type, and NaN spoils the range.
sample_range omero_range(const raw_plane& plane) {
  const auto type = render::range_of(plane.type);
  auto low = type.second, high = type.first;
  for_each_sample(plane, [&](double v) {
    low = v < low || std::isnan(v) ? v : low; // once NaN, nothing is below it
    high = v > high || std::isnan(v) ? v : high;
  });
  return {low, high};
}

size_t bin_of(double v, const sample_range& range, size_t bins) {
  const auto width = (range.second - range.first) / static_cast<double>(bins);
  const auto bin = std::trunc((v - range.first) / width);
  return bin > 0 ? static_cast<size_t>(std::min(bin, static_cast<double>(bins - 1))) : 0;
}

} // namespace

sample_range histogram_range(const raw_plane& plane,
                             const std::optional<sample_range>& known, profile rules) {
  if (known && known->second != 1.0)
    return *known;
  return rules == profile::omero ? omero_range(plane) : render::range_of(plane);
}

std::vector<int64_t> histogram(const raw_plane& samples, int32_t bins,
                               const sample_range& range, profile rules) {
  std::vector<int64_t> counts(static_cast<size_t>(bins > 0 ? bins : default_bins));
  const auto has_width = range.first != range.second;
  for_each_sample(samples, [&](double v) {
    if (v < range.first || v > range.second
        || (rules == profile::fixed && !std::isfinite(v)))
      return;
    ++counts[has_width ? bin_of(v, range, counts.size()) : 0];
  });
  return counts;
}

} // namespace troupe::measurement

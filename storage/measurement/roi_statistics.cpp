#include "storage/measurement/roi_statistics.hpp"

#include "storage/render/sample_type.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace troupe::measurement {
namespace {

using render::profile;

struct tally {
  explicit tally(profile rules) : omero{rules == profile::omero} {
    if (omero)
      high = 0;
  }

  void add(double v) {
    if (!omero && std::isnan(v))
      return;
    ++points;
    low = v < low ? v : low;
    high = v > high ? v : high;
    sum += v;
    squares += v * v;
  }

  roi_statistics finished() const {
    roi_statistics s;
    s.points = points;
    s.sum = sum;
    if (points == 0 && !omero)
      return s;
    s.min = low;
    s.max = high;
    s.mean = points == 0 ? 0 : sum / static_cast<double>(points);
    const auto spread = squares - sum * *s.mean;
    if (points > 1 && spread > 0)
      s.deviation = std::sqrt(spread / static_cast<double>(points - 1));
    return s;
  }

  bool omero;
  int64_t points = 0;
  double low = std::numeric_limits<double>::max();
  double high = std::numeric_limits<double>::lowest();
  double sum = 0, squares = 0;
};

} // namespace

roi_statistics statistics_of(const shape& s, const raw_plane& plane, const region& where,
                             profile rules) {
  tally all{rules};
  render::with_sample_type(plane.type, [&]<class Sample>(Sample) {
    for_each_sample_of(
      s, where,
      [&](int32_t x, int32_t y) {
        const auto at =
          static_cast<size_t>(y - where.y) * static_cast<size_t>(plane.width)
          + static_cast<size_t>(x - where.x);
        Sample v;
        std::memcpy(&v, plane.samples.data() + at * sizeof v, sizeof v);
        all.add(static_cast<double>(v));
      },
      rules);
  });
  return all.finished();
}

} // namespace troupe::measurement

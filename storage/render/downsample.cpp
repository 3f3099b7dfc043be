#include "storage/render/downsample.hpp"

#include "storage/render/sample_type.hpp"

#include <cmath>
#include <cstring>
#include <limits>

namespace troupe::render {
namespace {

/// Sums of four samples, which must not overflow.
template <class Sample>
using sum_of = std::conditional_t<sizeof(Sample) <= 2, int32_t, int64_t>;

template <class Sample>
Sample mean(sum_of<Sample> sum, int shift) {
  return static_cast<Sample>((sum + (1 << shift >> 1)) >> shift); // floor(m + 1/2)
}

/// Two rows to one; `below` is `above` where there is no second row.
template <class Sample>
requires std::is_integral_v<Sample>
void halve_rows(const Sample* above, const Sample* below, size_t width, Sample* to) {
  using sum = sum_of<Sample>;
  for (size_t x = 0; x < width / 2; ++x)
    to[x] = mean<Sample>(
      sum{above[2 * x]} + above[2 * x + 1] + below[2 * x] + below[2 * x + 1], 2);
  if (width % 2 == 1)
    to[width / 2] = mean<Sample>(sum{above[width - 1]} + below[width - 1], 1);
}

template <class Sample>
requires std::is_floating_point_v<Sample>
void halve_rows(const Sample* above, const Sample* below, size_t width, Sample* to) {
  for (size_t x = 0; x < width; x += 2) {
    double sum = 0;
    int count = 0;
    for (auto row : {above, below})
      for (auto i = x; i < std::min(x + 2, width); ++i)
        if (!std::isnan(row[i])) {
          sum += row[i];
          ++count;
        }
    to[x / 2] = count > 0 ? static_cast<Sample>(sum / count)
                          : std::numeric_limits<Sample>::quiet_NaN();
  }
}

template <class Sample>
raw_plane halve(const raw_plane& plane) {
  const auto width = static_cast<size_t>(plane.width);
  const auto height = static_cast<size_t>(plane.height);
  const auto half = (width + 1) / 2;
  shared_bytes::vector bytes(half * ((height + 1) / 2) * sizeof(Sample));
  const auto from = reinterpret_cast<const Sample*>(plane.samples.data());
  const auto to = reinterpret_cast<Sample*>(bytes.data());
  for (size_t y = 0; y < height; y += 2)
    halve_rows(from + y * width, from + std::min(y + 1, height - 1) * width, width,
               to + y / 2 * half);
  return {static_cast<int32_t>(half), static_cast<int32_t>((height + 1) / 2), plane.type,
          shared_bytes{std::move(bytes)}};
}

} // namespace

raw_plane half_by_mean(const raw_plane& plane) {
  return with_sample_type(plane.type,
                          [&]<class Sample>(Sample) { return halve<Sample>(plane); });
}

raw_plane half_by_nearest(const raw_plane& plane) {
  const auto size = bytes_of(plane.type), width = static_cast<size_t>(plane.width);
  const auto half_width = (plane.width + 1) / 2, half_height = (plane.height + 1) / 2;
  shared_bytes::vector bytes(static_cast<size_t>(half_width)
                             * static_cast<size_t>(half_height) * size);
  auto to = bytes.data();
  for (size_t y = 0; y < static_cast<size_t>(plane.height); y += 2)
    for (size_t x = 0; x < width; x += 2, to += size)
      std::memcpy(to, plane.samples.data() + (y * width + x) * size, size);
  return {half_width, half_height, plane.type, shared_bytes{std::move(bytes)}};
}

} // namespace troupe::render

#include "storage/derive/halve.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

namespace troupe::derive {
namespace {

/// The mean of one, two or four samples.
template <class Sample>
class cell {
public:
  void add(Sample s) {
    if constexpr (std::is_floating_point_v<Sample>)
      if (std::isnan(s))
        return;
    sum_ += s;
    ++count_;
  }
  Sample mean() const {
    if constexpr (std::is_floating_point_v<Sample>)
      return count_ ? static_cast<Sample>(sum_ / count_)
                    : std::numeric_limits<Sample>::quiet_NaN();
    else // the count is a power of two; >> rounds down, also below zero
      return static_cast<Sample>((sum_ + count_ / 2) >> (count_ / 2));
  }

private:
  std::conditional_t<std::is_floating_point_v<Sample>, double, int64_t> sum_ = 0;
  int count_ = 0;
};

template <class Sample>
Sample sample_of(const uint8_t* row, size_t index) {
  Sample s;
  std::memcpy(&s, row + index * sizeof s, sizeof s);
  return s;
}

template <class Sample>
void means(const row_pair& r, uint8_t* to) {
  const uint8_t* const rows[]{r.above, r.below};
  const auto height = r.above == r.below ? 1 : 2;
  for (size_t x = 0; x < r.width; x += 2)
    for (size_t s = 0; s < r.samples; ++s, to += sizeof(Sample)) {
      cell<Sample> c;
      for (auto y = 0; y < height; ++y)
        for (auto i = x; i < std::min(x + 2, r.width); ++i)
          c.add(sample_of<Sample>(rows[y], i * r.samples + s));
      const auto mean = c.mean();
      std::memcpy(to, &mean, sizeof mean);
    }
}

void nearest(const row_pair& r, size_t pixel, uint8_t* to) {
  for (size_t x = 0; x < r.width; x += 2, to += pixel)
    std::memcpy(to, r.above + x * pixel, pixel);
}

} // namespace

void halve_rows_plainly(pixel_type type, reduction how, const row_pair& rows,
                        uint8_t* to) {
  if (how == reduction::nearest)
    return nearest(rows, rows.samples * bytes_of(type), to);
  switch (type) {
    case pixel_type::int8: return means<int8_t>(rows, to);
    case pixel_type::bit:
    case pixel_type::uint8: return means<uint8_t>(rows, to);
    case pixel_type::int16: return means<int16_t>(rows, to);
    case pixel_type::uint16: return means<uint16_t>(rows, to);
    case pixel_type::int32: return means<int32_t>(rows, to);
    case pixel_type::uint32: return means<uint32_t>(rows, to);
    case pixel_type::float32: return means<float>(rows, to);
    case pixel_type::float64: return means<double>(rows, to);
    case pixel_type::complex64:
    case pixel_type::complex128: break;
  }
  throw failure{errc::bad_request, "complex samples have no mean"};
}

} // namespace troupe::derive

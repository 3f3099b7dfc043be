#include "storage/measurement/line_profile.hpp"

#include "storage/failure.hpp"
#include "storage/render/sample_type.hpp"

#include <cstring>

namespace troupe::measurement {

std::vector<double> line_profile(const raw_plane& plane, axis along, int32_t position,
                                 const render::sample_range& window,
                                 std::optional<int32_t> span) {
  const auto is_row = along == axis::row;
  if (position < 0 || position >= (is_row ? plane.height : plane.width))
    throw failure{errc::bad_request, "a line outside the image"};
  const auto width = static_cast<size_t>(plane.width), at = static_cast<size_t>(position);
  const auto first = is_row ? at * width : at, step = is_row ? 1 : width;
  const auto height = span.value_or(is_row ? plane.height : plane.width);
  std::vector<double> ordinates(static_cast<size_t>(is_row ? plane.width : plane.height));
  render::with_sample_type(plane.type, [&]<class Sample>(Sample) {
    for (size_t i = 0; i < ordinates.size(); ++i) {
      Sample v;
      std::memcpy(&v, plane.samples.data() + (first + i * step) * sizeof v, sizeof v);
      ordinates[i] =
        (static_cast<double>(v) - window.first) * (height - 1) / window.second;
    }
  });
  return ordinates;
}

} // namespace troupe::measurement

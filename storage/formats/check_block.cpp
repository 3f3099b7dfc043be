#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"

namespace troupe::formats {
namespace {

bool below(int64_t index, size_t count) {
  return index >= 0 && index < static_cast<int64_t>(count);
}

bool inside(const region& r, extent level) {
  return r.x >= 0 && r.y >= 0 && r.width > 0 && r.height > 0
         && int64_t{r.x} + r.width <= level.width
         && int64_t{r.y} + r.height <= level.height;
}

} // namespace

const series& check_block(const description& d, const block& b) {
  if (!below(b.series, d.images.size()))
    throw failure{errc::bad_request, "no such image in the file"};
  const auto& s = d.images[static_cast<size_t>(b.series)];
  // Who asks was told which levels there are: those that were made may be lost since.
  if (!below(b.level, s.levels.size()))
    throw failure{errc::unavailable, "that resolution level is not there now"};
  if (!below(b.at.z, static_cast<size_t>(s.size.z))
      || !below(b.at.t, static_cast<size_t>(s.size.t)))
    throw failure{errc::bad_request, "no such plane"};
  for (auto c : b.channels)
    if (!below(c, static_cast<size_t>(s.size.c)))
      throw failure{errc::bad_request, "no such channel"};
  if (!inside(b.where, s.levels[static_cast<size_t>(b.level)]))
    throw failure{errc::bad_request, "the region is not inside the image"};
  const auto samples = int64_t{b.where.width} * b.where.height;
  const auto bytes = static_cast<int64_t>(bytes_of(s.type) * b.channels.size());
  if (bytes > 0 && samples > limits::max_block_bytes / bytes)
    throw failure{errc::too_large, "the region is too large for one answer"};
  return s;
}

} // namespace troupe::formats

#include "storage/formats/tiff_recut.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

region part_of(const tiling& cut, int32_t column, int32_t row, extent size) {
  const auto x = column * cut.tile.width, y = row * cut.tile.height;
  return {x, y, std::min(cut.tile.width, size.width - x),
          std::min(cut.tile.height, size.height - y)};
}

/// Copies one channel of what two tiles have in common.
void copy_common(const tile& from, const region& from_at, int32_t from_sample,
                 shared_bytes::vector& to, const region& to_at, int32_t to_sample,
                 int32_t to_samples) {
  const auto bytes = bytes_of(from.type);
  const auto left = std::max(from_at.x, to_at.x), top = std::max(from_at.y, to_at.y);
  const auto right = std::min(from_at.x + from_at.width, to_at.x + to_at.width);
  const auto bottom = std::min(from_at.y + from_at.height, to_at.y + to_at.height);
  for (auto y = top; y < bottom; ++y)
    for (auto x = left; x < right; ++x) {
      const auto source =
        (int64_t{y - from_at.y} * from.size.width + x - from_at.x) * from.samples
        + from_sample;
      const auto target =
        (int64_t{y - to_at.y} * to_at.width + x - to_at.x) * to_samples + to_sample;
      std::copy_n(from.bytes.data() + static_cast<size_t>(source) * bytes, bytes,
                  to.data() + static_cast<size_t>(target) * bytes);
    }
}

} // namespace

tile recut(extent size, const tiling& wanted, int32_t sample, int32_t column, int32_t row,
           const tiling& own, const std::function<tile(int32_t, int32_t, int32_t)>& get) {
  const auto at = part_of(wanted, column, row, size);
  tile out{{at.width, at.height}, wanted.samples, {}, {}};
  shared_bytes::vector bytes;
  for (auto s = sample; s < sample + wanted.samples; ++s)
    for (auto y = at.y / own.tile.height; y * own.tile.height < at.y + at.height; ++y)
      for (auto x = at.x / own.tile.width; x * own.tile.width < at.x + at.width; ++x) {
        const auto from = get(s / own.samples * own.samples, x, y);
        out.type = from.type;
        bytes.resize(static_cast<size_t>(at.width) * static_cast<size_t>(at.height)
                     * static_cast<size_t>(wanted.samples) * bytes_of(from.type));
        copy_common(from, part_of(own, x, y, size), s % own.samples, bytes, at,
                    s - sample, wanted.samples);
      }
  out.bytes = shared_bytes{std::move(bytes)};
  return out;
}

} // namespace troupe::formats

#include "storage/render/shade.hpp"

#include "storage/render/row_kernels.hpp"

#include <algorithm>

namespace troupe::render {
namespace {

/// The factor of a table whose entries are level * factor / 65536, or 0.
uint16_t factor_of(const shade::table& added) {
  const auto factor = (added[255] * 65536u + 254) / 255;
  if (factor > 65535)
    return 0;
  for (uint32_t level = 0; level < 256; ++level)
    if (level * factor / 65536 != added[level])
      return 0;
  return static_cast<uint16_t>(factor);
}

bool is_identity(const shade::table& added) {
  for (size_t level = 0; level < 256; ++level)
    if (added[level] != level)
      return false;
  return true;
}

} // namespace

shade::shade(const table& added, bool reversed) : added_{added} {
  if (reversed)
    std::ranges::reverse(added_);
  if (std::ranges::count(added_, 0) == 256)
    kind_ = kind::nothing;
  else if (is_identity(added_))
    kind_ = kind::level;
  else if ((factor_ = factor_of(added_)) != 0)
    kind_ = kind::part;
}

void shade::add(const uint8_t* levels, size_t count, uint8_t* sums) const {
  switch (kind_) {
    case kind::nothing: return;
    case kind::level: return kernels::add_levels(levels, count, sums);
    case kind::part: return kernels::add_parts(levels, count, factor_, sums);
    case kind::table:
      for (size_t x = 0; x < count; ++x)
        sums[x] = static_cast<uint8_t>(std::min(255, sums[x] + added_[levels[x]]));
  }
}

} // namespace troupe::render

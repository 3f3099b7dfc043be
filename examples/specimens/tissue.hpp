// A made-up stained section: glands in stroma, pink and purple on white glass.

#pragma once

#include <cstdint>
#include <vector>

namespace troupe::specimens {

struct tissue {
  int32_t width = 6144, height = 4608;

  /// @returns width x rows x 3 bytes, from row `top` on.
  std::vector<uint8_t> rows(int32_t top, int32_t count) const;
};

} // namespace troupe::specimens

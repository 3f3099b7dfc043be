// A drawn picture.

#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace troupe::render {

struct picture {
  int32_t width = 0, height = 0;
  std::vector<uint8_t> rgb; ///< height x width x 3
};

/// One row, its components apart: red, green, blue.
using component_rows = std::array<uint8_t*, 3>;

} // namespace troupe::render

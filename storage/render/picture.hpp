// A drawn picture.

#pragma once

#include <cstdint>
#include <vector>

namespace troupe::render {

struct picture {
  int32_t width = 0, height = 0;
  std::vector<uint8_t> rgb; ///< height x width x 3
};

} // namespace troupe::render

// Pictures to JPEG and PNG bytes.

#pragma once

#include "storage/render/draw.hpp"

namespace troupe {

enum class image_format : uint8_t { jpeg, png };

/// @param quality  0..1, JPEG only; chroma 4:2:0. Reuses one encoder per thread.
encoded_image encode(const render::picture& p, image_format as, double quality = 0.85);

} // namespace troupe

// The encoders behind encode(), a file each.

#pragma once

#include "storage/encode/encode.hpp"

namespace troupe {

encoded_image encode_jpeg(const render::picture& p, double quality);
encoded_image encode_png(const render::picture& p);

} // namespace troupe

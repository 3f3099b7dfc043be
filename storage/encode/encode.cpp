#include "storage/encode/encode.hpp"

#include "storage/encode/codecs.hpp"

namespace troupe {

encoded_image encode(const render::picture& p, image_format as, double quality) {
  if (as == image_format::png)
    return encode_png(p);
  return encode_jpeg(
    {p.width, p.height},
    [&](int32_t top, int32_t, uint8_t*) {
      return p.rgb.data() + static_cast<size_t>(top) * static_cast<size_t>(p.width) * 3;
    },
    quality, 1);
}

encoded_image encode(const render::painter& p, image_format as, double quality,
                     size_t threads) {
  if (as == image_format::png)
    return encode_png(p.whole());
  return encode_jpeg(
    p.size(),
    [&](int32_t top, int32_t rows, uint8_t* scratch) {
      p.paint(top, rows, scratch);
      return scratch;
    },
    quality, threads);
}

} // namespace troupe

#include "storage/encode/encode.hpp"

#include "storage/encode/codecs.hpp"

namespace troupe {

encoded_image encode(const render::picture& p, image_format as, double quality) {
  if (as == image_format::png)
    return encode_png(p);
  if (as == image_format::tiff)
    return encode_tiff(p);
  const auto width = static_cast<size_t>(p.width);
  return encode_jpeg(
    {p.width, p.height},
    [&](int32_t y, const render::component_rows& to) {
      auto pixel = p.rgb.data() + static_cast<size_t>(y) * width * 3;
      for (size_t x = 0; x < width; ++x)
        for (auto component : to)
          component[x] = *pixel++;
    },
    quality, 1);
}

encoded_image encode(const render::painter& p, image_format as, double quality,
                     size_t threads) {
  if (as == image_format::png)
    return encode_png(p.whole());
  if (as == image_format::tiff)
    return encode_tiff(p.whole());
  return encode_jpeg(
    p.size(), [&](int32_t y, const render::component_rows& to) { p.paint(y, to); },
    quality, threads);
}

} // namespace troupe

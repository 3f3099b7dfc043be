#include "storage/encode/encode.hpp"

#include "storage/encode/codecs.hpp"

namespace troupe {

encoded_image encode(const render::picture& p, image_format as, double quality) {
  switch (as) {
    case image_format::jpeg: return encode_jpeg(p, quality);
    case image_format::png: return encode_png(p);
  }
  return {};
}

} // namespace troupe

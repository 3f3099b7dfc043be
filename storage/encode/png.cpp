#include "storage/encode/codecs.hpp"
#include "storage/failure.hpp"

#include <png.h>

namespace troupe {

encoded_image encode_png(const render::picture& p) {
  return encode_png({p.width, p.height}, png_pixels::rgb, p.rgb.data());
}

encoded_image encode_png(extent dimensions, png_pixels as, const uint8_t* pixels) {
  if (dimensions.width < 1 || dimensions.height < 1)
    throw failure{errc::bad_request, "a PNG has at least one pixel"};
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(dimensions.width);
  image.height = static_cast<png_uint_32>(dimensions.height);
  image.format = as == png_pixels::rgba ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
  image.flags = PNG_IMAGE_FLAG_FAST;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  shared_bytes::vector bytes(size);
  if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels, 0, nullptr))
    throw failure{errc::internal, std::string{"PNG: "} + image.message};
  bytes.resize(size);
  bytes.shrink_to_fit(); // answers are cached: keep no more than they are
  return {"image/png", shared_bytes{std::move(bytes)}, dimensions};
}

} // namespace troupe

#include "storage/formats/webp.hpp"

#include "storage/failure.hpp"
#include "storage/formats/whole_picture.hpp"

#include <cstring>
#include <webp/decode.h>

namespace troupe::formats {
namespace {

/// A picture of one colour takes hardly more than its header.
constexpr int64_t webp_expansion = 1 << 20;

[[noreturn]] void refuse_webp(VP8StatusCode code) {
  switch (code) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
      throw failure{errc::unreadable, "not a valid WebP: truncated"};
    case VP8_STATUS_OUT_OF_MEMORY:
      throw failure{errc::unreadable, "no memory for a WebP decoder"};
    default: throw failure{errc::unreadable, "not a valid WebP"};
  }
}

picture_shape shape_of(const std::vector<uint8_t>& file) {
  WebPBitstreamFeatures found;
  if (auto code = WebPGetFeatures(file.data(), file.size(), &found);
      code != VP8_STATUS_OK)
    refuse_webp(code);
  if (found.has_animation)
    throw failure{errc::unreadable, "animated WebP is not supported"};
  return {{found.width, found.height}, found.has_alpha ? 4 : 3, pixel_type::uint8, true};
}

std::vector<uint8_t> decode_webp(const std::filesystem::path& path) {
  const auto file = bytes_of_file(path);
  const auto shape = shape_of(file);
  std::vector<uint8_t> samples(static_cast<size_t>(shape.bytes()));
  WebPDecoderConfig how;
  if (!WebPInitDecoderConfig(&how))
    throw failure{errc::internal, "libwebp is of another version"};
  how.output.colorspace = shape.samples == 4 ? MODE_RGBA : MODE_RGB;
  how.output.is_external_memory = 1;
  how.output.u.RGBA = {samples.data(), shape.size.width * shape.samples, samples.size()};
  if (auto code = WebPDecode(file.data(), file.size(), &how); code != VP8_STATUS_OK)
    refuse_webp(code);
  return samples;
}

} // namespace

bool detect_webp(const probe& what) {
  const auto head = what.head;
  return head.size() >= 16 && std::memcmp(head.data(), "RIFF", 4) == 0
         && std::memcmp(head.data() + 8, "WEBP", 4) == 0;
}

fileset_ptr parse_webp(const std::filesystem::path& path) {
  const auto file = bytes_of_file(path);
  const auto shape = shape_of(file);
  check_plausible(shape, file.size(), webp_expansion);
  return std::make_shared<whole_picture>("WebP", path, shape,
                                         [path] { return decode_webp(path); });
}

} // namespace troupe::formats

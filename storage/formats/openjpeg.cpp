#include "storage/formats/openjpeg.hpp"

#include "storage/formats/jp2_palette.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/openjpeg_codestream.hpp"
#include "storage/formats/openjpeg_samples.hpp"
#include "storage/formats/refusals.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

constexpr uint32_t max_components = 1024;
constexpr uint64_t max_tiles = 1 << 20;
/// Empty blocks cost hardly a bit; more pixels than this of one byte, and small pictures
/// apart, are a lie.
constexpr int64_t largest_expansion = 1 << 16, always_plausible = 64 << 20;

pixel_type type_of(uint32_t bits, bool is_signed) {
  if (bits <= 8)
    return is_signed ? pixel_type::int8 : pixel_type::uint8;
  if (bits <= 16)
    return is_signed ? pixel_type::int16 : pixel_type::uint16;
  return is_signed ? pixel_type::int32 : pixel_type::uint32;
}

void check_components(const opj_image_t& image) {
  if (image.numcomps < 1 || image.numcomps > max_components)
    refuse(fmt::format("{} colour components", image.numcomps));
  for (uint32_t i = 0; i < image.numcomps; ++i) {
    const auto& c = image.comps[i];
    if (c.prec < 1 || c.prec > 31)
      refuse(fmt::format("samples of {} bits are not supported", c.prec));
    if (c.sgnd != image.comps[0].sgnd)
      refuse("signed and unsigned components together are not supported");
    if (image.comps[0].dx != 1 || image.comps[0].dy != 1 || c.dx < 1 || c.dy < 1
        || c.dx > 4 || c.dy > 4)
      refuse("its sampling grid is not supported");
  }
}

void check_sizes(const opj_image_t& image, const opj_codestream_info_v2_t& info,
                 uint64_t stored) {
  const auto width = int64_t{image.x1} - image.x0;
  const auto height = int64_t{image.y1} - image.y0;
  if (width < 1 || height < 1)
    refuse("invalid dimensions: the image has no pixels");
  if (width > limits::max_side || height > limits::max_side || image.x1 > INT32_MAX
      || image.y1 > INT32_MAX || uint64_t{info.tw} * info.th > max_tiles)
    refuse(fmt::format("the image is too large: {} x {} pixels", width, height));
  const auto samples = width * height * image.numcomps;
  if ((samples - always_plausible) / largest_expansion > static_cast<int64_t>(stored))
    refuse(fmt::format("truncated: {} x {} pixels are declared, the file has {} bytes",
                       width, height, stored));
}

bool is_luma(const opj_image_t& image) {
  const auto comps = image.comps;
  return image.numcomps >= 3 && comps[0].sgnd == 0
         && (image.color_space == OPJ_CLRSPC_SYCC
             || (image.color_space != OPJ_CLRSPC_SRGB && comps[1].dx > comps[0].dx
                 && comps[2].dx > comps[0].dx));
}

} // namespace

byte_source bytes_in_memory(std::span<const uint8_t> bytes) {
  return {[bytes](uint64_t at, uint8_t* to, size_t size) {
            const auto count = at < bytes.size() ? std::min(size, bytes.size() - at) : 0;
            std::copy_n(bytes.data() + at, count, to);
            return count;
          },
          bytes.size()};
}

extent reduced(const jpeg2000_shape& s, int32_t reduce) {
  return {static_cast<int32_t>(halved(int64_t{s.left} + s.size.width, reduce)
                               - halved(s.left, reduce)),
          static_cast<int32_t>(halved(int64_t{s.top} + s.size.height, reduce)
                               - halved(s.top, reduce))};
}

jpeg2000_shape read_jpeg2000_head(const byte_source& from) {
  const codestream opened{from, 0};
  const auto& image = opened.image();
  const auto info = opened.info();
  check_components(image);
  check_sizes(image, *info, from.size);
  jpeg2000_shape s;
  s.left = static_cast<int32_t>(image.x0);
  s.top = static_cast<int32_t>(image.y0);
  s.size = {static_cast<int32_t>(image.x1 - image.x0),
            static_cast<int32_t>(image.y1 - image.y0)};
  s.samples = static_cast<int32_t>(image.numcomps);
  s.bits = 0;
  for (uint32_t i = 0; i < image.numcomps; ++i)
    s.bits = std::max(s.bits, static_cast<int32_t>(image.comps[i].prec));
  s.type = type_of(static_cast<uint32_t>(s.bits), image.comps[0].sgnd != 0);
  s.luma = is_luma(image);
  if (const auto palette = palette_of_jp2(from)) {
    s.samples = palette->channels;
    s.bits = palette->bits;
    s.type = type_of(static_cast<uint32_t>(s.bits), false);
    s.luma = false;
  }
  s.resolutions =
    static_cast<int32_t>(info->m_default_tile_info.tccp_info->numresolutions);
  s.tile = {static_cast<int32_t>(std::min<uint32_t>(info->tdx, image.x1 - image.x0)),
            static_cast<int32_t>(std::min<uint32_t>(info->tdy, image.y1 - image.y0))};
  return s;
}

std::vector<uint8_t> decode_jpeg2000(const byte_source& from, const jpeg2000_shape& shape,
                                     int32_t reduce, const region& where,
                                     jpeg2000_samples samples) {
  codestream opened{from, reduce};
  const auto left = halved(shape.left, reduce) + where.x;
  const auto top = halved(shape.top, reduce) + where.y;
  auto right =
    std::min((left + where.width) << reduce, int64_t{shape.left} + shape.size.width);
  auto bottom =
    std::min((top + where.height) << reduce, int64_t{shape.top} + shape.size.height);
  const auto& image = opened.decode(left << reduce, top << reduce, right, bottom);
  if (static_cast<int32_t>(image.numcomps) != shape.samples)
    refuse("the file changed while it was open");
  return samples_of(image, {left, top, reduce, {where.width, where.height}}, shape,
                    samples);
}

jpeg2000_picture decode_jpeg2000(std::span<const uint8_t> stored, extent largest) {
  const auto from = bytes_in_memory(stored);
  const auto shape = read_jpeg2000_head(from);
  if (shape.size.width > largest.width || shape.size.height > largest.height)
    refuse(fmt::format("a JPEG 2000 tile of {} x {} pixels where at most {} x {} fit",
                       shape.size.width, shape.size.height, largest.width,
                       largest.height));
  auto pixels =
    decode_jpeg2000(from, shape, 0, {0, 0, shape.size.width, shape.size.height},
                    jpeg2000_samples::as_coded);
  return {shape, std::move(pixels)};
}

} // namespace troupe::formats

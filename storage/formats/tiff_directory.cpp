#include "storage/formats/tiff_directory.hpp"

#include "storage/formats/limits.hpp"
#include "storage/formats/refusals.hpp"
#include "storage/formats/tiff_colors.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

constexpr int32_t max_samples = 4096, max_levels = 32;

uint16_t short_tag(const tiff_file& file, uint32_t tag) {
  uint16_t value = 0;
  TIFFGetFieldDefaulted(file.get(), tag, &value);
  return value;
}

extent size_of(const tiff_file& file) {
  uint32_t width = 0, height = 0;
  TIFFGetField(file.get(), TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(file.get(), TIFFTAG_IMAGELENGTH, &height);
  if (width == 0 || height == 0)
    throw unreadable("invalid dimensions: the image has no pixels");
  if (width > limits::max_side || height > limits::max_side)
    throw unreadable(
      fmt::format("the image is too large: {} x {} pixels", width, height));
  return {static_cast<int32_t>(width), static_cast<int32_t>(height)};
}

/// The smallest type that holds every value.
std::optional<pixel_type> type_of(uint16_t format, uint16_t bits) {
  const auto by_size = [bits](pixel_type byte, pixel_type two, pixel_type four) {
    return bits <= 8 ? byte : bits <= 16 ? two : four;
  };
  switch (format) {
    case SAMPLEFORMAT_VOID:
    case SAMPLEFORMAT_UINT:
      if (bits == 1)
        return pixel_type::bit;
      if (bits > 1 && bits <= 32)
        return by_size(pixel_type::uint8, pixel_type::uint16, pixel_type::uint32);
      break;
    case SAMPLEFORMAT_INT:
      if (bits > 1 && bits <= 32)
        return by_size(pixel_type::int8, pixel_type::int16, pixel_type::int32);
      break;
    case SAMPLEFORMAT_IEEEFP:
      if (bits == 16 || bits == 24 || bits == 32)
        return pixel_type::float32;
      if (bits == 64)
        return pixel_type::float64;
      break;
    case SAMPLEFORMAT_COMPLEXIEEEFP:
      if (bits == 64)
        return pixel_type::complex64;
      if (bits == 128)
        return pixel_type::complex128;
      break;
    default: break;
  }
  return std::nullopt;
}

/// Decoded bytes one stored byte can stand for at most; 0 = no such bound.
int64_t expansion_of(uint16_t compression) {
  switch (compression) {
    case COMPRESSION_NONE: return 1;
    case COMPRESSION_PACKBITS: return 64;
    case COMPRESSION_LZW: return 4096;
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE: return 1040;
    default: return 0;
  }
}

void check_compression(uint16_t compression) {
  const auto codec = TIFFFindCODEC(compression);
  if (is_jpeg2000(compression) || (codec && TIFFIsCODECConfigured(compression)))
    return;
  throw unreadable(fmt::format("unsupported compression {}{}", compression,
                               codec ? fmt::format(" ({})", codec->name) : ""));
}

void read_samples(const tiff_file& file, tiff_shape& shape) {
  shape.coding.compression = short_tag(file, TIFFTAG_COMPRESSION);
  check_compression(shape.coding.compression);
  shape.stored = shape.samples = short_tag(file, TIFFTAG_SAMPLESPERPIXEL);
  if (shape.stored < 1)
    throw unreadable("invalid number of samples per pixel: 0");
  if (shape.stored > max_samples)
    throw unreadable(fmt::format("too many samples per pixel: {}", shape.stored));
  shape.coding.bits = short_tag(file, TIFFTAG_BITSPERSAMPLE);
  uint16_t format = SAMPLEFORMAT_UINT;
  shape.format_known = TIFFGetField(file.get(), TIFFTAG_SAMPLEFORMAT, &format);
  const auto type = type_of(format, shape.coding.bits);
  if (!type)
    throw unreadable(fmt::format("{} bits per sample of format {} are not supported",
                                 shape.coding.bits, format));
  shape.type = *type;
  const auto configuration = short_tag(file, TIFFTAG_PLANARCONFIG);
  if (configuration != PLANARCONFIG_CONTIG && configuration != PLANARCONFIG_SEPARATE)
    throw unreadable(fmt::format("invalid planar configuration {}", configuration));
  shape.planar = configuration == PLANARCONFIG_SEPARATE && shape.stored > 1;
}

void read_layout(const tiff_file& file, tiff_shape& shape) {
  shape.tiled = TIFFIsTiled(file.get());
  uint32_t width = static_cast<uint32_t>(shape.size.width), height = 0;
  if (shape.tiled) {
    TIFFGetField(file.get(), TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(file.get(), TIFFTAG_TILELENGTH, &height);
    if (width == 0 || height == 0 || width > limits::max_side
        || height > limits::max_side)
      throw unreadable(fmt::format("invalid tile size: {} x {}", width, height));
  } else {
    TIFFGetFieldDefaulted(file.get(), TIFFTAG_ROWSPERSTRIP, &height);
    height = std::min(height, static_cast<uint32_t>(shape.size.height));
    if (height == 0)
      throw unreadable("strips have no rows");
  }
  shape.block = {static_cast<int32_t>(width), static_cast<int32_t>(height)};
  shape.coding.direct = !shape.tiled && shape.coding.compression == COMPRESSION_NONE
                        && is_plain(shape)
                        && short_tag(file, TIFFTAG_FILLORDER) == FILLORDER_MSB2LSB;
}

/// What the pixels take in memory must be possible for a file of this size.
void check_bytes(const tiff_file& file, const tiff_shape& shape) {
  const auto block =
    shape.tiled ? TIFFTileSize64(file.get())
                : TIFFVStripSize64(file.get(), static_cast<uint32_t>(shape.block.height));
  if (!shape.coding.direct
      && (block == 0 || block > static_cast<uint64_t>(limits::max_block_bytes)))
    throw unreadable("its tiles or strips are too large");
  const auto bits = static_cast<double>(shape.size.width) * shape.size.height
                    * (shape.coding.luma ? 1 : shape.stored) * shape.coding.bits;
  const auto expansion = expansion_of(shape.coding.compression);
  if (expansion != 0
      && bits / 8 > static_cast<double>(file.bytes()) * static_cast<double>(expansion))
    throw unreadable(
      fmt::format("truncated: {} x {} pixels are declared, the file has {} bytes",
                  shape.size.width, shape.size.height, file.bytes()));
}

} // namespace

bool is_plain(const tiff_shape& shape) {
  const auto& coding = shape.coding;
  return coding.palette.empty() && !coding.luma && !coding.inverted && coding.factor == 1
         && coding.bits == 8 * bytes_of(shape.type);
}

tiff_directory describe_directory(const tiff_file& file, bool keep_palette) {
  tiff_directory d;
  d.offset = file.current();
  d.shape.size = size_of(file);
  read_samples(file, d.shape);
  read_colors(file, keep_palette, d.shape);
  read_layout(file, d.shape);
  check_bytes(file, d.shape);
  uint32_t kind = 0;
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_SUBFILETYPE, &kind);
  d.shape.reduced = kind & FILETYPE_REDUCEDIMAGE;
  uint16_t count = 0;
  uint64_t* offsets = nullptr;
  if (TIFFGetField(file.get(), TIFFTAG_SUBIFD, &count, &offsets) && offsets)
    d.levels.assign(offsets, offsets + std::min<int32_t>(count, max_levels));
  return d;
}

} // namespace troupe::formats

#include "storage/formats/tiff_directory.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

constexpr int32_t max_samples = 4096, max_levels = 32;

failure unreadable(std::string detail) {
  return {errc::unreadable, std::move(detail)};
}

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

pixel_type type_of(uint16_t format, uint16_t bits) {
  const auto refused = unreadable(
    fmt::format("{} bits per sample of format {} are not supported", bits, format));
  switch (format) {
    case SAMPLEFORMAT_VOID:
    case SAMPLEFORMAT_UINT:
      if (bits == 1)
        return pixel_type::bit;
      if (bits >= 1 && bits <= 16)
        return bits <= 8 ? pixel_type::uint8 : pixel_type::uint16;
      if (bits == 32)
        return pixel_type::uint32;
      break;
    case SAMPLEFORMAT_INT:
      if (bits == 8)
        return pixel_type::int8;
      if (bits == 16)
        return pixel_type::int16;
      if (bits == 32)
        return pixel_type::int32;
      break;
    case SAMPLEFORMAT_IEEEFP:
      if (bits == 32)
        return pixel_type::float32;
      if (bits == 64)
        return pixel_type::float64;
      break;
    case SAMPLEFORMAT_COMPLEXINT:
    case SAMPLEFORMAT_COMPLEXIEEEFP:
      throw unreadable("complex samples are not supported");
    default: break;
  }
  throw refused;
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
  if (codec && TIFFIsCODECConfigured(compression) && compression != COMPRESSION_OJPEG)
    return;
  throw unreadable(fmt::format("unsupported compression {}{}", compression,
                               codec ? fmt::format(" ({})", codec->name) : ""));
}

void read_layout(const tiff_file& file, tiff_directory& d) {
  d.tiled = TIFFIsTiled(file.get());
  uint32_t width = static_cast<uint32_t>(d.size.width), height = 0;
  if (d.tiled) {
    TIFFGetField(file.get(), TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(file.get(), TIFFTAG_TILELENGTH, &height);
    if (width == 0 || height == 0 || width > limits::max_side
        || height > limits::max_side)
      throw unreadable(fmt::format("invalid tile size: {} x {}", width, height));
  } else {
    TIFFGetFieldDefaulted(file.get(), TIFFTAG_ROWSPERSTRIP, &height);
    height = std::min(height, static_cast<uint32_t>(d.size.height));
    if (height == 0)
      throw unreadable("strips have no rows");
  }
  d.block = {static_cast<int32_t>(width), static_cast<int32_t>(height)};
}

/// What the pixels take in memory must be possible for a file of this size.
void check_bytes(const tiff_file& file, const tiff_directory& d, uint16_t compression) {
  const auto block =
    d.tiled ? TIFFTileSize64(file.get())
            : TIFFVStripSize64(file.get(), static_cast<uint32_t>(d.block.height));
  if (block == 0 || block > static_cast<uint64_t>(limits::max_block_bytes))
    throw unreadable("its tiles or strips are too large");
  const auto bits =
    static_cast<double>(d.size.width) * d.size.height * d.stored * d.coding.bits;
  const auto expansion = expansion_of(compression);
  if (expansion != 0
      && bits / 8 > static_cast<double>(file.bytes()) * static_cast<double>(expansion))
    throw unreadable(
      fmt::format("truncated: {} x {} pixels are declared, the file has {} bytes",
                  d.size.width, d.size.height, file.bytes()));
}

void read_palette(const tiff_file& file, tiff_directory& d) {
  uint16_t *red = nullptr, *green = nullptr, *blue = nullptr;
  if (!TIFFGetField(file.get(), TIFFTAG_COLORMAP, &red, &green, &blue)
      || d.coding.bits > 8 || d.stored != 1)
    throw unreadable("a palette image without a usable palette");
  const auto count = size_t{1} << d.coding.bits;
  const auto largest = std::max({*std::max_element(red, red + count),
                                 *std::max_element(green, green + count),
                                 *std::max_element(blue, blue + count)});
  const auto shift = largest > 255 ? 8 : 0; // some writers forget to scale to 16 bits
  auto grey_ramp = true;
  std::vector<uint8_t> colors;
  for (size_t i = 0; i < count; ++i)
    for (auto component : {red[i], green[i], blue[i]}) {
      colors.push_back(static_cast<uint8_t>(component >> shift));
      grey_ramp = grey_ramp && colors.back() == i && count == 256;
    }
  if (grey_ramp)
    return;
  d.coding.palette = std::move(colors);
  d.samples = 3;
  d.rgb = true;
  d.type = pixel_type::uint8;
}

void read_colors(const tiff_file& file, tiff_directory& d, bool keep_palette) {
  const auto photometric = short_tag(file, TIFFTAG_PHOTOMETRIC);
  const auto compression = short_tag(file, TIFFTAG_COMPRESSION);
  switch (photometric) {
    case PHOTOMETRIC_MINISWHITE:
      d.coding.inverted = d.type == pixel_type::bit || d.type == pixel_type::uint8
                          || d.type == pixel_type::uint16 || d.type == pixel_type::uint32;
      break;
    case PHOTOMETRIC_PALETTE:
      if (!keep_palette)
        read_palette(file, d);
      break;
    case PHOTOMETRIC_YCBCR:
      if (compression != COMPRESSION_JPEG && compression != COMPRESSION_WEBP)
        throw unreadable("YCbCr colours are supported in JPEG compression only");
      d.rgb = true;
      break;
    case PHOTOMETRIC_CFA:
    case PHOTOMETRIC_LOGL:
    case PHOTOMETRIC_LOGLUV:
      throw unreadable(
        fmt::format("photometric interpretation {} is not supported", photometric));
    default: break;
  }
  d.rgb = d.rgb || (photometric == PHOTOMETRIC_RGB && d.samples > 1);
  if (photometric != PHOTOMETRIC_PALETTE && (d.coding.bits == 2 || d.coding.bits == 4))
    d.coding.factor = 255 / ((1 << d.coding.bits) - 1);
}

void read_levels(const tiff_file& file, tiff_directory& d) {
  uint16_t count = 0;
  uint64_t* offsets = nullptr;
  if (TIFFGetField(file.get(), TIFFTAG_SUBIFD, &count, &offsets) && offsets)
    d.levels.assign(offsets, offsets + std::min<int32_t>(count, max_levels));
}

} // namespace

tiff_directory describe_directory(const tiff_file& file, bool keep_palette) {
  tiff_directory d;
  d.offset = file.current();
  d.size = size_of(file);
  const auto compression = short_tag(file, TIFFTAG_COMPRESSION);
  check_compression(compression);
  d.stored = d.samples = short_tag(file, TIFFTAG_SAMPLESPERPIXEL);
  if (d.stored < 1 || d.stored > max_samples)
    throw unreadable(fmt::format("invalid number of samples per pixel: {}", d.stored));
  d.coding.bits = short_tag(file, TIFFTAG_BITSPERSAMPLE);
  uint16_t sample_format = SAMPLEFORMAT_UINT;
  d.format_known = TIFFGetField(file.get(), TIFFTAG_SAMPLEFORMAT, &sample_format);
  d.type = type_of(sample_format, d.coding.bits);
  const auto configuration = short_tag(file, TIFFTAG_PLANARCONFIG);
  if (configuration != PLANARCONFIG_CONTIG && configuration != PLANARCONFIG_SEPARATE)
    throw unreadable(fmt::format("invalid planar configuration {}", configuration));
  d.planar = configuration == PLANARCONFIG_SEPARATE && d.stored > 1;
  read_layout(file, d);
  check_bytes(file, d, compression);
  read_colors(file, d, keep_palette);
  uint32_t kind = 0;
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_SUBFILETYPE, &kind);
  d.reduced = kind & FILETYPE_REDUCEDIMAGE;
  read_levels(file, d);
  return d;
}

} // namespace troupe::formats

#include "storage/formats/tiff_colors.hpp"

#include "storage/formats/refusals.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

void read_palette(const tiff_file& file, tiff_shape& shape) {
  uint16_t *red = nullptr, *green = nullptr, *blue = nullptr;
  if (!TIFFGetField(file.get(), TIFFTAG_COLORMAP, &red, &green, &blue)
      || shape.coding.bits > 8 || shape.stored != 1)
    throw unreadable("a palette image without a usable palette");
  const auto count = size_t{1} << shape.coding.bits;
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
  shape.coding.palette = std::move(colors);
  shape.samples = 3;
  shape.rgb = true;
  shape.type = pixel_type::uint8;
}

/// Whether the codec itself turns luma and chromas into colours.
bool decodes_to_rgb(uint16_t compression) {
  return compression == COMPRESSION_JPEG || compression == COMPRESSION_WEBP;
}

void read_luma(const tiff_file& file, tiff_shape& shape) {
  shape.rgb = true;
  const auto compression = shape.coding.compression;
  if (decodes_to_rgb(compression))
    return;
  if (shape.stored != 3 || shape.planar || shape.coding.bits != 8)
    throw unreadable("YCbCr colours are supported as three samples of 8 bits together");
  uint16_t across = 1, down = 1;
  float *weights = nullptr, *black_white = nullptr;
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_YCBCRSUBSAMPLING, &across, &down);
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_YCBCRCOEFFICIENTS, &weights);
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_REFERENCEBLACKWHITE, &black_white);
  if (is_jpeg2000(compression))
    across = down = 1; // the codestream has its own
  const auto possible = [](uint16_t n) { return n == 1 || n == 2 || n == 4; };
  if (!possible(across) || !possible(down) || !weights || !black_white)
    throw unreadable(
      fmt::format("YCbCr subsampling {} x {} is not supported", across, down));
  tiff_luma luma{across, down, {}, {}};
  std::copy_n(weights, 3, luma.weights.begin());
  std::copy_n(black_white, 6, luma.black_white.begin());
  shape.coding.luma = luma;
}

bool is_unsigned(pixel_type type) {
  return type == pixel_type::bit || type == pixel_type::uint8
         || type == pixel_type::uint16 || type == pixel_type::uint32;
}

} // namespace

bool is_jpeg2000(uint16_t compression) {
  return compression == jpeg2000_luma || compression == jpeg2000_rgb
         || compression == jpeg2000;
}

void read_colors(const tiff_file& file, bool keep_palette, tiff_shape& shape) {
  uint16_t photometric = 0;
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_PHOTOMETRIC, &photometric);
  switch (photometric) {
    case PHOTOMETRIC_MINISWHITE: shape.coding.inverted = is_unsigned(shape.type); break;
    case PHOTOMETRIC_PALETTE:
      if (!keep_palette)
        read_palette(file, shape);
      break;
    case PHOTOMETRIC_YCBCR: read_luma(file, shape); break;
    case PHOTOMETRIC_CFA:
    case PHOTOMETRIC_LOGL:
    case PHOTOMETRIC_LOGLUV:
      throw unreadable(
        fmt::format("photometric interpretation {} is not supported", photometric));
    default: break;
  }
  if (shape.coding.compression == jpeg2000_luma && shape.stored == 3
      && photometric != PHOTOMETRIC_YCBCR)
    read_luma(file, shape); // whatever else the file says
  shape.rgb = shape.rgb || (photometric == PHOTOMETRIC_RGB && shape.samples > 1);
  const auto bits = shape.coding.bits;
  if (photometric != PHOTOMETRIC_PALETTE && (bits == 2 || bits == 4))
    shape.coding.factor = 255 / ((1 << bits) - 1);
}

} // namespace troupe::formats

#include "storage/formats/tiff_jpeg.hpp"

#include "storage/encode/jpeg_pass_through.hpp"
#include "storage/formats/tiff_block.hpp"

namespace troupe::formats {
namespace {

/// What a browser has to know to show what libtiff decodes.
std::optional<jpeg_colors> colors_of(const tiff_file& file) {
  uint16_t photometric = 0;
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_PHOTOMETRIC, &photometric);
  if (photometric == PHOTOMETRIC_RGB)
    return jpeg_colors::rgb;
  if (photometric == PHOTOMETRIC_YCBCR)
    return jpeg_colors::ycbcr;
  return std::nullopt;
}

std::span<const uint8_t> tables_of(const tiff_file& file) {
  uint32_t count = 0;
  const void* tables = nullptr;
  if (!TIFFGetField(file.get(), TIFFTAG_JPEGTABLES, &count, &tables) || !tables)
    return {};
  return {static_cast<const uint8_t*>(tables), count};
}

} // namespace

std::optional<shared_bytes> stored_jpeg(tiff_file& file, const tiff_shape& shape,
                                        uint32_t index, extent inside) {
  if (shape.coding.compression != COMPRESSION_JPEG || !shape.tiled || shape.planar
      || shape.stored != 3 || shape.type != pixel_type::uint8)
    return std::nullopt;
  const auto colors = colors_of(file);
  if (!colors)
    return std::nullopt;
  auto whole = complete_jpeg(tables_of(file), stored_block(file, shape, index), *colors);
  if (!whole || whole->size != inside)
    return std::nullopt;
  return std::move(whole->bytes);
}

} // namespace troupe::formats

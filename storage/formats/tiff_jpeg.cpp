#include "storage/formats/tiff_jpeg.hpp"

#include "storage/formats/jpeg_tables.hpp"
#include "storage/formats/tiff_block.hpp"

namespace troupe::formats {
namespace {

/// What a browser has to know to show what libtiff decodes.
std::optional<jpeg_colors> colors_of(const tiff_file& file, const tiff_shape& shape) {
  uint16_t photometric = 0;
  TIFFGetFieldDefaulted(file.get(), TIFFTAG_PHOTOMETRIC, &photometric);
  if (photometric == PHOTOMETRIC_MINISBLACK && shape.stored == 1)
    return jpeg_colors::grey;
  if (photometric == PHOTOMETRIC_RGB && shape.stored == 3)
    return jpeg_colors::rgb;
  if (photometric == PHOTOMETRIC_YCBCR && shape.stored == 3)
    return jpeg_colors::luma;
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
      || shape.type != pixel_type::uint8)
    return std::nullopt;
  const auto colors = colors_of(file, shape);
  if (!colors)
    return std::nullopt;
  const auto stream = stored_block(file, shape, index);
  const auto frame = frame_of(stream);
  if (!frame || frame->size != inside || frame->samples != shape.stored
      || frame->bits != 8)
    return std::nullopt;
  return whole_jpeg(tables_of(file), stream, *colors);
}

} // namespace troupe::formats

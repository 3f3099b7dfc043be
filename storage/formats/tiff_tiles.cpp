#include "storage/formats/tiff_tiles.hpp"

#include "storage/formats/tiff_block.hpp"
#include "storage/formats/tiff_luma.hpp"
#include "storage/formats/tiff_rows.hpp"
#include "storage/formats/tiff_samples.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

/// Strips are often a row or a few: several make a tile worth its bookkeeping.
constexpr int64_t smallest_tile = 256 << 10;
/// Rows longer than this are cut: bytes of a row of a tile, then pixels.
constexpr int64_t longest_row = 16 << 10;
constexpr int32_t width_of_cut = 1024;

int64_t pixel_bytes(const tiff_shape& shape) {
  return static_cast<int64_t>(bytes_of(shape.type)) * (shape.planar ? 1 : shape.samples);
}

/// Rows of `bytes` each that make up a tile, a multiple of `step`.
int32_t rows_of_tile(const tiff_shape& shape, int64_t bytes, int32_t step) {
  const auto steps = std::max<int64_t>(1, smallest_tile / (bytes * step));
  return static_cast<int32_t>(std::min<int64_t>(shape.size.height, steps * step));
}

/// Decodes one block to rows of samples.
void read_block(tiff_file& file, const tiff_shape& shape, uint32_t index, int32_t rows,
                std::span<uint8_t> to) {
  const auto size = static_cast<size_t>(
    shape.tiled ? TIFFTileSize64(file.get())
                : TIFFVStripSize64(file.get(), static_cast<uint32_t>(rows)));
  if (is_plain(shape) && size == to.size())
    return decode_block(file, shape, index, to);
  std::vector<uint8_t> stored(size);
  decode_block(file, shape, index, stored);
  const auto width = shape.block.width;
  if (shape.coding.luma) {
    if (size < bytes_of_luma(*shape.coding.luma, width, rows))
      file.fail("its luma and chromas do not fit the size");
    return luma_to_rgb(*shape.coding.luma, stored.data(), width, rows, to.data());
  }
  const auto stride = size / static_cast<size_t>(rows);
  const auto step = to.size() / static_cast<size_t>(rows);
  const auto values =
    static_cast<size_t>(width) * static_cast<size_t>(shape.planar ? 1 : shape.stored);
  for (size_t y = 0; y < static_cast<size_t>(rows); ++y)
    unpack_row(shape, stored.data() + y * stride, values, to.data() + y * step);
}

} // namespace

tiling tiling_of(const tiff_shape& shape) {
  const auto samples = shape.planar ? 1 : shape.samples;
  if (shape.tiled)
    return {shape.block, samples};
  const auto row = pixel_bytes(shape) * shape.size.width;
  if (!shape.coding.direct)
    return {{shape.block.width, rows_of_tile(shape, row, shape.block.height)}, samples};
  const auto width =
    row > longest_row ? std::min(shape.size.width, width_of_cut) : shape.size.width;
  return {{width, rows_of_tile(shape, width * pixel_bytes(shape), 1)}, samples};
}

uint32_t block_at(const tiff_shape& shape, int32_t sample, int32_t column, int32_t row) {
  const auto across = (shape.size.width - 1) / shape.block.width + 1;
  const auto down = (shape.size.height - 1) / shape.block.height + 1;
  const auto plane = shape.planar ? int64_t{sample} * across * down : 0;
  return static_cast<uint32_t>(plane + int64_t{row} * across + column);
}

tile read_tile(tiff_file& file, const tiff_shape& shape, int32_t sample, int32_t column,
               int32_t row, uint64_t further) {
  const auto cut = tiling_of(shape);
  const auto top = row * cut.tile.height;
  if (shape.coding.direct)
    return read_rows(
      file, shape, cut,
      {column * cut.tile.width, top,
       std::min(cut.tile.width, shape.size.width - column * cut.tile.width),
       std::min(cut.tile.height, shape.size.height - top)},
      sample, further);
  const auto height =
    shape.tiled ? cut.tile.height : std::min(cut.tile.height, shape.size.height - top);
  const auto row_bytes =
    static_cast<size_t>(pixel_bytes(shape)) * static_cast<size_t>(cut.tile.width);
  shared_bytes::vector out(row_bytes * static_cast<size_t>(height));
  for (int32_t y = 0; y < height; y += shape.block.height) {
    const auto rows =
      shape.tiled ? height : std::min(shape.block.height, shape.size.height - top - y);
    read_block(file, shape,
               block_at(shape, sample, column, (top + y) / shape.block.height), rows,
               std::span{out}.subspan(static_cast<size_t>(y) * row_bytes,
                                      static_cast<size_t>(rows) * row_bytes));
  }
  return {
    {cut.tile.width, height}, cut.samples, shape.type, shared_bytes{std::move(out)}};
}

} // namespace troupe::formats

#include "storage/formats/tiff_tiles.hpp"

#include "storage/failure.hpp"
#include "storage/formats/tiff_samples.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

/// One stored tile or strip into `to`, decompressed; stays black where none was written.
void decode_block(tiff_file& file, const tiff_directory& d, uint32_t index,
                  std::vector<uint8_t>& to) {
  const auto tiff = file.get();
  int count_unknown = 0, offset_unknown = 0;
  const auto stored = TIFFGetStrileByteCountWithErr(tiff, index, &count_unknown);
  const auto offset = TIFFGetStrileOffsetWithErr(tiff, index, &offset_unknown);
  if (count_unknown || offset_unknown)
    file.fail("truncated: it does not say where its pixels are");
  if (d.tiled && stored == 0 && offset == 0) {
    std::fill(to.begin(), to.end(), uint8_t{0});
    return;
  }
  if (stored == 0 || offset >= static_cast<uint64_t>(file.bytes()))
    throw failure{errc::unreadable, "truncated: pixels are outside the file"};
  const auto size = static_cast<tmsize_t>(to.size());
  const auto got = d.tiled ? TIFFReadEncodedTile(tiff, index, to.data(), size)
                           : TIFFReadEncodedStrip(tiff, index, to.data(), size);
  if (got != size)
    file.fail("its pixels cannot be decoded");
}

/// The channels of a decoded row, interleaved.
void take_row(const tiff_directory& d, const uint8_t* from, const tiling& cut,
              int32_t sample, std::vector<uint8_t>& scratch, uint8_t* to) {
  const auto bytes = bytes_of(d.type);
  const stored_row row{from, 0, cut.tile.width, d.planar ? 1 : d.stored};
  if (cut.samples == 1)
    return take_samples(d, row, d.planar ? 0 : sample, to);
  for (int32_t s = 0; s < cut.samples; ++s) {
    take_samples(d, row, s, scratch.data());
    for (int32_t x = 0; x < cut.tile.width; ++x)
      std::copy_n(scratch.data() + static_cast<size_t>(x) * bytes, bytes,
                  to + (static_cast<size_t>(x) * cut.samples + s) * bytes);
  }
}

/// Decoded samples need no change: they are stored as the tile wants them.
bool is_plain(const tiff_directory& d, const tiling& cut) {
  return d.coding.palette.empty() && !d.coding.inverted && d.coding.factor == 1
         && d.coding.bits == 8 * bytes_of(d.type)
         && (d.planar || d.stored == cut.samples);
}

} // namespace

tile read_tile(tiff_file& file, const tiff_directory& d, const tiling& cut,
               int32_t sample, int32_t column, int32_t row) {
  file.enter(d.offset);
  const auto across = (d.size.width + d.block.width - 1) / d.block.width;
  const auto down = (d.size.height + d.block.height - 1) / d.block.height;
  const auto plane = d.planar ? int64_t{sample} * across * down : 0;
  const auto top = row * cut.tile.height;
  const auto height = std::min(cut.tile.height, d.size.height - top);
  const auto stride = static_cast<size_t>(d.tiled ? TIFFTileRowSize64(file.get())
                                                  : TIFFScanlineSize64(file.get()));
  const auto row_bytes = static_cast<size_t>(cut.tile.width)
                         * static_cast<size_t>(cut.samples) * bytes_of(d.type);
  shared_bytes::vector out(row_bytes * static_cast<size_t>(height));
  std::vector<uint8_t> stored,
    scratch(static_cast<size_t>(cut.tile.width) * bytes_of(d.type));
  for (int32_t y = 0; y < height; y += d.block.height) {
    const auto strip_row = (top + y) / d.block.height;
    const auto rows =
      d.tiled ? d.block.height : std::min(d.block.height, d.size.height - top - y);
    stored.resize(stride * static_cast<size_t>(rows));
    decode_block(file, d,
                 static_cast<uint32_t>(plane + int64_t{strip_row} * across + column),
                 stored);
    const auto wanted = std::min(rows, height - y);
    auto to = out.data() + static_cast<size_t>(y) * row_bytes;
    if (is_plain(d, cut) && stride == row_bytes) {
      std::copy_n(stored.data(), row_bytes * static_cast<size_t>(wanted), to);
      continue;
    }
    for (int32_t i = 0; i < wanted; ++i)
      take_row(d, stored.data() + static_cast<size_t>(i) * stride, cut, sample, scratch,
               to + static_cast<size_t>(i) * row_bytes);
  }
  return {{cut.tile.width, height}, cut.samples, d.type, shared_bytes{std::move(out)}};
}

} // namespace troupe::formats

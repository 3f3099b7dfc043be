#include "storage/formats/tiff_block.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/openjpeg.hpp"
#include "storage/formats/tiff_colors.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

/// A codestream may be smaller than its tile at the edges of the image.
void decode_codestream(tiff_file& file, const tiff_shape& shape, uint32_t index,
                       std::span<uint8_t> to) {
  const auto samples = shape.planar ? 1 : shape.stored;
  const auto pixel = bytes_of(shape.type) * static_cast<size_t>(samples);
  const auto stride = pixel * static_cast<size_t>(shape.block.width);
  const extent largest{shape.block.width, static_cast<int32_t>(to.size() / stride)};
  const auto decoded = decode_jpeg2000(stored_block(file, shape, index), largest);
  if (decoded.shape.samples != samples
      || bytes_of(decoded.shape.type) != bytes_of(shape.type))
    throw failure{errc::unreadable,
                  "a JPEG 2000 tile has other samples than the TIFF says"};
  const auto row = pixel * static_cast<size_t>(decoded.shape.size.width);
  for (size_t y = 0; y < static_cast<size_t>(decoded.shape.size.height); ++y)
    std::copy_n(decoded.pixels.data() + y * row, row, to.data() + y * stride);
}

/// libtiff turns 8 bytes of the other order round as if they were one number.
void turn_halves(std::span<uint8_t> samples) {
  for (size_t i = 0; i + 8 <= samples.size(); i += 8)
    std::swap_ranges(samples.data() + i, samples.data() + i + 4, samples.data() + i + 4);
}

} // namespace

std::optional<tiff_extent> find_block(tiff_file& file, const tiff_shape& shape,
                                      uint32_t index) {
  int count_unknown = 0, offset_unknown = 0;
  const tiff_extent where{
    TIFFGetStrileOffsetWithErr(file.get(), index, &offset_unknown),
    TIFFGetStrileByteCountWithErr(file.get(), index, &count_unknown)};
  if (count_unknown || offset_unknown)
    file.fail("truncated: it does not say where its pixels are");
  if (shape.tiled && where.offset == 0 && where.bytes == 0)
    return std::nullopt;
  if (where.bytes == 0 || where.offset >= static_cast<uint64_t>(file.bytes()))
    throw failure{errc::unreadable, "truncated: pixels are outside the file"};
  return where;
}

std::vector<uint8_t> stored_block(tiff_file& file, const tiff_shape& shape,
                                  uint32_t index) {
  const auto where = find_block(file, shape, index);
  if (!where)
    return {};
  if (where->bytes > static_cast<uint64_t>(file.bytes()) - where->offset)
    throw failure{errc::unreadable, "truncated: pixels are outside the file"};
  std::vector<uint8_t> bytes(where->bytes);
  const auto size = static_cast<tmsize_t>(bytes.size());
  const auto got = shape.tiled ? TIFFReadRawTile(file.get(), index, bytes.data(), size)
                               : TIFFReadRawStrip(file.get(), index, bytes.data(), size);
  if (got != size)
    file.fail("its pixels cannot be read");
  return bytes;
}

void decode_block(tiff_file& file, const tiff_shape& shape, uint32_t index,
                  std::span<uint8_t> to) {
  if (!find_block(file, shape, index)) {
    std::fill(to.begin(), to.end(), uint8_t{0});
    return;
  }
  if (is_jpeg2000(shape.coding.compression))
    return decode_codestream(file, shape, index, to);
  const auto size = static_cast<tmsize_t>(to.size());
  const auto got = shape.tiled ? TIFFReadEncodedTile(file.get(), index, to.data(), size)
                               : TIFFReadEncodedStrip(file.get(), index, to.data(), size);
  if (got != size || file.complained()) // of fax lines errors are told, not returned
    file.fail("its pixels cannot be decoded");
  if (shape.type == pixel_type::complex64 && TIFFIsByteSwapped(file.get()))
    turn_halves(to);
}

} // namespace troupe::formats

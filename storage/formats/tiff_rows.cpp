#include "storage/formats/tiff_rows.hpp"

#include "storage/failure.hpp"
#include "storage/formats/tiff_block.hpp"
#include "storage/formats/tiff_tiles.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace troupe::formats {
namespace {

/// Bytes that lie together in the file and in the tile.
struct run {
  uint64_t from = 0;
  uint8_t* to = nullptr;
  size_t bytes = 0;
};

void read_run(int fd, run r) {
  while (r.bytes > 0) {
    const auto got = ::pread(fd, r.to, r.bytes, static_cast<off_t>(r.from));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      throw failure{errc::unreadable, "truncated: pixels are outside the file"};
    r.from += static_cast<uint64_t>(got);
    r.to += got;
    r.bytes -= static_cast<size_t>(got);
  }
}

/// Where rows of a plane start in the file.
class row_finder {
public:
  row_finder(tiff_file& file, const tiff_shape& shape, int32_t sample, size_t row_bytes)
    : file_{file},
      shape_{shape},
      sample_{sample},
      row_bytes_{row_bytes} {}

  uint64_t offset_of(int32_t y) {
    const auto strip = y / shape_.block.height;
    if (strip != strip_) {
      where_ = *find_block(file_, shape_, block_at(shape_, sample_, 0, strip));
      strip_ = strip;
    }
    const auto in_strip = static_cast<uint64_t>(y % shape_.block.height) * row_bytes_;
    if (in_strip + row_bytes_ > where_.bytes)
      throw failure{errc::unreadable, "truncated: a strip is shorter than its rows"};
    return where_.offset + in_strip;
  }

private:
  tiff_file& file_;
  const tiff_shape& shape_;
  int32_t sample_;
  size_t row_bytes_;
  int32_t strip_ = -1;
  tiff_extent where_;
};

template <class Unit, class Turn>
void turn_each(shared_bytes::vector& samples, Turn turn) {
  for (size_t i = 0; i + sizeof(Unit) <= samples.size(); i += sizeof(Unit)) {
    Unit value;
    std::memcpy(&value, samples.data() + i, sizeof value);
    value = turn(value);
    std::memcpy(samples.data() + i, &value, sizeof value);
  }
}

void turn_bytes(shared_bytes::vector& samples, pixel_type type) {
  const auto is_complex = type == pixel_type::complex64 || type == pixel_type::complex128;
  switch (bytes_of(type) / (is_complex ? 2 : 1)) {
    case 1: return;
    case 2:
      return turn_each<uint16_t>(samples, [](auto v) { return __builtin_bswap16(v); });
    case 4:
      return turn_each<uint32_t>(samples, [](auto v) { return __builtin_bswap32(v); });
    default:
      return turn_each<uint64_t>(samples, [](auto v) { return __builtin_bswap64(v); });
  }
}

} // namespace

tile read_rows(tiff_file& file, const tiff_shape& shape, const tiling& cut,
               const region& where, int32_t sample, uint64_t further) {
  const auto pixel = bytes_of(shape.type) * static_cast<size_t>(cut.samples);
  const auto bytes = pixel * static_cast<size_t>(where.width);
  row_finder rows{file, shape, sample, pixel * static_cast<size_t>(shape.size.width)};
  shared_bytes::vector out(bytes * static_cast<size_t>(where.height));
  const auto fd = file.descriptor();
  run together;
  for (int32_t y = 0; y < where.height; ++y) {
    const auto from =
      rows.offset_of(where.y + y) + further + pixel * static_cast<size_t>(where.x);
    if (together.bytes == 0 || from != together.from + together.bytes) {
      read_run(fd, together);
      together = {from, out.data() + bytes * static_cast<size_t>(y), 0};
    }
    together.bytes += bytes;
  }
  read_run(fd, together);
  if (TIFFIsByteSwapped(file.get()))
    turn_bytes(out, shape.type);
  return {
    {where.width, where.height}, cut.samples, shape.type, shared_bytes{std::move(out)}};
}

} // namespace troupe::formats

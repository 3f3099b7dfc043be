#include "storage/formats/zarr_codec.hpp"

#include "storage/formats/refusals.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <array>
#include <blosc.h>
#include <limits>
#include <lz4.h>
#include <zlib.h>
#include <zstd.h>

namespace troupe::formats {
namespace {

using bytes = std::vector<uint8_t>;
using view = std::span<const uint8_t>;

void check_size(uint64_t declared, size_t most) {
  if (declared > most)
    refuse("a chunk is larger than its array says");
}

uint32_t number_32_at(view from, size_t at) {
  uint32_t value = 0;
  for (size_t i = 4; i-- > 0;)
    value = value << 8 | from[at + i];
  return value;
}

bytes inflate_all(view stored, size_t most) {
  z_stream z{};
  constexpr int zlib_or_gzip = 15 + 32;
  if (inflateInit2(&z, zlib_or_gzip) != Z_OK)
    refuse("no memory for a decompressor");
  bytes out(most + 1); // a byte more tells what is too long
  z.next_in = const_cast<Bytef*>(stored.data());
  z.avail_in = static_cast<uInt>(stored.size());
  z.next_out = out.data();
  z.avail_out = static_cast<uInt>(out.size());
  const auto end = inflate(&z, Z_FINISH);
  const auto made = z.total_out;
  inflateEnd(&z);
  check_size(made, most);
  if (end != Z_STREAM_END)
    refuse("a chunk cannot be inflated");
  out.resize(made);
  return out;
}

bytes unzstd(view stored, size_t most) {
  const auto declared = ZSTD_getFrameContentSize(stored.data(), stored.size());
  if (declared == ZSTD_CONTENTSIZE_ERROR)
    refuse("a chunk is not zstd");
  if (declared != ZSTD_CONTENTSIZE_UNKNOWN)
    check_size(declared, most);
  bytes out(declared == ZSTD_CONTENTSIZE_UNKNOWN ? most : declared);
  const auto made = ZSTD_decompress(out.data(), out.size(), stored.data(), stored.size());
  if (ZSTD_isError(made))
    refuse(std::string{"a chunk cannot be decompressed: "} + ZSTD_getErrorName(made));
  out.resize(made);
  return out;
}

bytes unlz4(view stored, size_t most) {
  if (stored.size() < 4)
    refuse("truncated: a chunk is too short");
  const auto declared = number_32_at(stored, 0);
  check_size(declared, most);
  bytes out(declared);
  const auto made = LZ4_decompress_safe(
    reinterpret_cast<const char*>(stored.data()) + 4, reinterpret_cast<char*>(out.data()),
    static_cast<int>(stored.size() - 4), static_cast<int>(out.size()));
  if (made < 0 || static_cast<uint32_t>(made) != declared)
    refuse("a chunk is not valid LZ4");
  return out;
}

bytes unblosc(view stored, size_t most) {
  size_t declared = 0;
  if (stored.size() < BLOSC_MIN_HEADER_LENGTH
      || blosc_cbuffer_validate(stored.data(), stored.size(), &declared) < 0)
    refuse("a chunk is not valid Blosc");
  check_size(declared, most);
  bytes out(declared);
  if (declared > 0
      && blosc_decompress_ctx(stored.data(), out.data(), out.size(), 1)
           != static_cast<int>(declared))
    refuse("a chunk is not valid Blosc");
  return out;
}

bytes checked(view stored, size_t most) {
  if (stored.size() < 4)
    refuse("truncated: a chunk is too short");
  const auto content = stored.first(stored.size() - 4);
  check_size(content.size(), most);
  if (crc32c_of(content) != number_32_at(stored, content.size()))
    refuse("the checksum of a chunk is wrong");
  return {content.begin(), content.end()};
}

constexpr std::array<uint32_t, 256> castagnoli_table() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    auto value = i;
    for (int bit = 0; bit < 8; ++bit)
      value = value & 1 ? value >> 1 ^ 0x82f63b78u : value >> 1;
    table[i] = value;
  }
  return table;
}

} // namespace

zarr_codec zarr_codec_named(const std::string& name) {
  if (name == "zlib" || name == "gzip")
    return zarr_codec::deflate;
  if (name == "zstd")
    return zarr_codec::zstd;
  if (name == "lz4")
    return zarr_codec::lz4;
  if (name == "blosc")
    return zarr_codec::blosc;
  if (name == "crc32c")
    return zarr_codec::crc32c;
  refuse("unsupported compressor " + clean_text(name, 50));
}

bytes decompress(zarr_codec codec, view stored, size_t most) {
  if (std::max(stored.size(), most) >= std::numeric_limits<int32_t>::max())
    refuse("a chunk is too large");
  switch (codec) {
    case zarr_codec::deflate: return inflate_all(stored, most);
    case zarr_codec::zstd: return unzstd(stored, most);
    case zarr_codec::lz4: return unlz4(stored, most);
    case zarr_codec::blosc: return unblosc(stored, most);
    case zarr_codec::crc32c: return checked(stored, most);
  }
  refuse("unsupported compressor");
}

bytes compress_by_blosc(view samples, size_t sample_bytes) {
  bytes out(samples.size() + BLOSC_MAX_OVERHEAD);
  const auto made =
    blosc_compress_ctx(1, BLOSC_BITSHUFFLE, sample_bytes, samples.size(), samples.data(),
                       out.data(), out.size(), BLOSC_ZSTD_COMPNAME, 0, 1);
  if (made <= 0)
    throw failure{errc::internal, "Blosc compressed nothing"};
  out.resize(static_cast<size_t>(made));
  return out;
}

uint32_t crc32c_of(view of) {
  static constexpr auto table = castagnoli_table();
  uint32_t value = ~0u;
  for (auto byte : of)
    value = value >> 8 ^ table[(value ^ byte) & 0xff];
  return ~value;
}

} // namespace troupe::formats

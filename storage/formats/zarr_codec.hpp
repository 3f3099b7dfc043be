// The compressors of Zarr chunks.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace troupe::formats {

enum class zarr_codec : uint8_t {
  deflate, ///< zlib or gzip, the stream says which
  zstd,
  lz4, ///< a block after its size, as numcodecs writes it
  blosc,
  crc32c, ///< a checksum at the end
};

/// By the names of numcodecs and of Zarr 3.
/// @throws failure{unreadable} "unsupported compressor ...".
zarr_codec zarr_codec_named(const std::string& name);

/// @param most  bytes the result may have: what is more is refused before it is made.
/// @throws failure{unreadable} with the reason.
std::vector<uint8_t> decompress(zarr_codec codec, std::span<const uint8_t> stored,
                                size_t most);

/// By Blosc, with fast zstd behind a shuffle of bits: every reader of Zarr knows it. Of 16
/// bits two thirds stay, of 8 the half, at a quarter of a GB/s.
/// @param sample_bytes  bytes of one sample, 1 to 255.
std::vector<uint8_t> compress_by_blosc(std::span<const uint8_t> samples,
                                       size_t sample_bytes);

/// Castagnoli's checksum.
uint32_t crc32c_of(std::span<const uint8_t> bytes);

} // namespace troupe::formats

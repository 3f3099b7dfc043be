// Tiles as a TIFF stores them: differences of neighbours, then zstd.

#pragma once

#include "storage/pixels.hpp"

#include <memory>

namespace troupe::derive {

/// Belongs to one thread.
class tile_codec {
public:
  /// @param side  pixels, of square tiles of `samples` interleaved samples.
  tile_codec(pixel_type type, size_t side, size_t samples);
  ~tile_codec();

  /// Room for the samples of one tile, row by row.
  uint8_t* samples() { return samples_.data(); }
  size_t row_bytes() const { return row_bytes_; }
  size_t tile_bytes() const { return samples_.size(); }

  /// Compresses samples(). @returns bytes that are good until the next call.
  std::string_view encode();
  /// @throws failure{unreadable} when that is no tile.
  void decode(std::string_view stored);

private:
  struct contexts;
  size_t row_bytes_, samples_per_pixel_, sample_bytes_;
  bool differences_;
  std::vector<uint8_t> samples_, different_, packed_;
  std::unique_ptr<contexts> zstd_;
};

/// Whether tiles of that type are stored as differences: TIFF predictor 2.
bool stores_differences(pixel_type type);

} // namespace troupe::derive

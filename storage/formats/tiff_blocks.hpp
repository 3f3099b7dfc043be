// Decodes the tiles or strips a region touches, each once for all channels.

#pragma once

#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

class tiff_blocks {
public:
  explicit tiff_blocks(tiff_file& file) : file_{&file} {}

  /// @param samples  which of the directory's channels. @param where  inside it.
  /// @throws failure{unreadable} when a block cannot be decoded.
  std::vector<raw_plane> read(const tiff_directory& d,
                              const std::vector<int32_t>& samples, const region& where);

  int64_t held_bytes() const { return static_cast<int64_t>(block_.size()); }
  /// Blocks decoded so far: a test of how much a read costs.
  int64_t decoded() const { return decoded_; }

private:
  const uint8_t* decode(const tiff_directory& d, uint32_t index, size_t expected);
  void forget_if_large();

  tiff_file* file_;
  std::vector<uint8_t> block_; // the block decoded last
  uint64_t block_directory_ = 0;
  uint32_t block_index_ = 0;
  int64_t decoded_ = 0;
};

} // namespace troupe::formats

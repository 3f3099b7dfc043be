// One stored tile or strip of a TIFF, decompressed.

#pragma once

#include "storage/formats/tiff_directory.hpp"

#include <span>

namespace troupe::formats {

/// Where a block is in the file. Nothing for a tile that was never written.
struct tiff_extent {
  uint64_t offset = 0, bytes = 0;
};
/// @throws failure{unreadable} when it is outside of the file.
std::optional<tiff_extent> find_block(tiff_file& file, const tiff_shape& shape,
                                      uint32_t index);

/// The bytes of a block as they are stored; none for a tile that was never written.
/// @throws failure{unreadable}.
std::vector<uint8_t> stored_block(tiff_file& file, const tiff_shape& shape,
                                  uint32_t index);

/// @param to  all of the block; black where none was written.
/// @throws failure{unreadable} when it cannot be decoded.
void decode_block(tiff_file& file, const tiff_shape& shape, uint32_t index,
                  std::span<uint8_t> to);

} // namespace troupe::formats

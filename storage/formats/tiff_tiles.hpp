// Decodes tiles and strips of a TIFF directory into samples as the OME model has them.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

/// How read_tile() cuts a directory: into its tiles; several strips at once; any part of
/// strips whose bytes are the samples.
tiling tiling_of(const tiff_shape& shape);

/// @param file    in the directory.
/// @param sample  the first channel of the tile, of the directory's.
/// @param further  see tiff_page.
/// @returns a tile of tiling_of(shape).samples channels, cropped where strips end.
/// @throws failure{unreadable} when a block cannot be decoded.
tile read_tile(tiff_file& file, const tiff_shape& shape, int32_t sample, int32_t column,
               int32_t row, uint64_t further);

/// Number of the block that holds a block row and column of a sample.
uint32_t block_at(const tiff_shape& shape, int32_t sample, int32_t column, int32_t row);

} // namespace troupe::formats

// Decodes tiles and strips of a TIFF directory into samples as the OME model has them.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

/// @param cut     tiling_of(d): whole blocks; several strips may make a tile.
/// @param sample  the first channel of the tile, of the directory's.
/// @returns a tile of cut.samples channels, cropped at the bottom of the level.
/// @throws failure{unreadable} when a block cannot be decoded.
tile read_tile(tiff_file& file, const tiff_directory& d, const tiling& cut,
               int32_t sample, int32_t column, int32_t row);

} // namespace troupe::formats

// Pages of an image that are cut into blocks in another way than its first.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/tiff_directory.hpp"

#include <functional>

namespace troupe::formats {

/// Puts a tile together from tiles that are cut in another way.
/// @param size  of the level. @param own  how the page is cut.
/// @param get   a tile of the page: its first channel, column and row.
tile recut(extent size, const tiling& wanted, int32_t sample, int32_t column, int32_t row,
           const tiling& own, const std::function<tile(int32_t, int32_t, int32_t)>& get);

} // namespace troupe::formats

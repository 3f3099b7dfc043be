// Uncompressed strips: any rectangle is read from where it lies.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

/// @param shape  with coding.direct. @param where  inside the directory's picture.
/// @param further  bytes from the strips to the pixels: stacks of one directory.
/// @throws failure{unreadable} when the file ends before.
tile read_rows(tiff_file& file, const tiff_shape& shape, const tiling& cut,
               const region& where, int32_t sample, uint64_t further);

} // namespace troupe::formats

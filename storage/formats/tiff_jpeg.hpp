// Tiles that a TIFF stores as JPEG, for whoever shows JPEG as it is.

#pragma once

#include "storage/formats/tiff_directory.hpp"

namespace troupe::formats {

/// @param file  in the directory. @param inside  the part of the tile inside the image.
/// @returns the tile as a colour JPEG of its own, exactly `inside` big; nothing where the
/// TIFF
///          has no such thing.
std::optional<shared_bytes> stored_jpeg(tiff_file& file, const tiff_shape& shape,
                                        uint32_t index, extent inside);

} // namespace troupe::formats

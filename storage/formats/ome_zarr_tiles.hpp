// Native tiles of an OME-Zarr image, cut from its chunks.

#pragma once

#include "storage/formats/ome_zarr_image.hpp"
#include "storage/formats/zarr_chunks.hpp"

namespace troupe::formats {

/// One plane's part of a chunk; the fill value where it was never written.
/// @throws failure{unreadable} with the reason.
tile cut_tile(const ome_zarr_image& image, const tile_id& which, zarr_chunks& chunks);

} // namespace troupe::formats

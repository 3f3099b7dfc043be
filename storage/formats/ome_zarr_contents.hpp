// What an OME-Zarr folder holds: an image, a series of them, or a plate of wells.

#pragma once

#include "storage/formats/ome_zarr_image.hpp"

namespace troupe::formats {

struct ome_zarr_contents {
  std::vector<ome_zarr_image> images;
  description what; ///< without images and files
};

/// @param key  of the group all is in, empty = the root.
/// @throws failure{unreadable} when there is no image we can read.
ome_zarr_contents read_ome_zarr(const zarr_folder& folder, const std::string& key);

// Parts of that.

/// Adds one image and its labels.
/// @param name  instead of the image's own, unless empty.
void add_ome_zarr_image(const zarr_folder& folder, const ome_zarr_group& group,
                        const std::string& name, ome_zarr_contents& to);
/// Adds the images of a plate, and the plate.
void add_ome_zarr_plate(const zarr_folder& folder, const ome_zarr_group& group,
                        ome_zarr_contents& to);
/// Adds the numbered images bioformats2raw writes, and what METADATA.ome.xml says.
void add_ome_zarr_series(const zarr_folder& folder, const ome_zarr_group& group,
                         ome_zarr_contents& to);

} // namespace troupe::formats

// One multiscale image of an OME-Zarr: arrays that are levels of each other.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/ome_zarr_axes.hpp"
#include "storage/formats/ome_zarr_group.hpp"
#include "storage/formats/zarr_array.hpp"

namespace troupe::formats {

struct ome_zarr_image {
  series what;
  ome_zarr_axes axes;
  std::vector<zarr_array> levels;
  std::string group, version; ///< its group's key and what that says; no memo has them
};

/// @param warnings  what was left out is added.
/// @throws failure{unreadable} when the group holds no image we can read.
ome_zarr_image read_ome_zarr_image(const zarr_folder& folder, const ome_zarr_group& group,
                                   std::vector<std::string>& warnings);

/// One chunk's width and height, in one plane.
tiling tiling_of(const ome_zarr_image& image, int32_t level);

/// Names, colours and display windows: the "omero" block. Broken ones say nothing.
void take_omero_block(const nlohmann::json& attributes, series& image,
                      std::vector<std::pair<std::string, std::string>>& facts);

} // namespace troupe::formats

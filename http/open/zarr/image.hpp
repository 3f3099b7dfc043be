// An image as the group of an OME-Zarr: its levels, their scales, and how it is shown.

#pragma once

#include "http/open/zarr/hierarchy.hpp"
#include "schema/queries/images.hpp"

namespace troupe::http::zarr {

/// How many pixels of the full size one of a level is, along one side. Halved levels are
/// rounded up: of 375 pixels one of 188 is two, not 1.995.
double factor_of(int32_t full, int32_t level);

/// A level as an array. It is cut into the tiles of the image, and no larger than it is.
/// @param tile  of the image's file, at full size.
array_layout level_layout(dimensions full, extent level, extent tile, pixel_type type);

/// The levels are "0", "1" ...
hierarchy image_hierarchy(const image_details& image, version v);

/// The "omero" block: channels as the viewer chose to see them, and the plane shown
/// first.
json omero_of(const image_details& image);

/// Axes, units and a dataset for each level.
json multiscales_of(const image_details& image, const std::string& name);

} // namespace troupe::http::zarr

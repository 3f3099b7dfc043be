// The masks drawn on an image as a label image: where one is, the sample is the id of its
// region.

#pragma once

#include "http/open/zarr/hierarchy.hpp"
#include "schema/queries/draw.hpp"
#include "schema/queries/images.hpp"

namespace troupe::http::zarr {

/// The label image's path below the image's group.
inline const std::string label_path = "labels/rois";

/// Adds the label image, of the same levels as the image.
/// @param beside  label images that are there already, by their names in "labels"; when
/// one of them has its name, it stays.
void add_labels(hierarchy& to, const image_details& image, const masked_regions& masks,
                const json& beside, version v);

/// A level of the label image. @param image  that level of the image.
array_layout label_layout(array_layout image);

/// Draws masks into samples of a level, nearest neighbours of those of the full size;
/// later ones cover earlier ones.
/// @param where  of the level.
/// @returns no bytes when none is there. Regions whose id needs more than 32 bits are
/// left out.
shared_bytes drawn_labels(const placed_masks& masks, extent full, extent level,
                          const region& where);

/// What may be in `where` of a level, in pixels of the full size.
region full_region(extent full, extent level, const region& where);

} // namespace troupe::http::zarr

// Images that came as an OME-Zarr: their files are passed on as they are stored.

#pragma once

#include "http/desk.hpp"
#include "http/open/zarr/hierarchy.hpp"
#include "schema/queries/draw.hpp"
#include "schema/queries/images.hpp"
#include "storage/formats/ome_zarr_groups.hpp"

namespace troupe::http::zarr {

/// Where the image's group is, when it is stored in that version and its files may be
/// taken home (download_policy); nothing otherwise.
std::optional<formats::ome_zarr_place> stored_place(desk& d, web_request& in,
                                                    const image_grant& g, version v);

/// A file of the group, whole or a range. @returns 404 when there is none.
web_response stored_file(const web_request& in, const formats::ome_zarr_place& at,
                         const std::string& key);

/// A file of metadata: that of the group says how the viewer sees the image and which
/// labels the server has beside those stored; all others are as they are stored.
web_response stored_metadata(const web_request& in, const formats::ome_zarr_place& at,
                             const image_details& image, const masked_regions& masks,
                             version v, const std::string& key);

} // namespace troupe::http::zarr

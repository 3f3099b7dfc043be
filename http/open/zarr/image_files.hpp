// The files of an image's group: metadata, and chunks made when they are asked for.

#pragma once

#include "http/desk.hpp"
#include "http/open/zarr/hierarchy.hpp"

namespace troupe::http::zarr {

/// @param key  below the image's group: ".zattrs", "0/0/0/0/0/0".
/// @returns 404 for what is no file of it.
web_response image_file(desk& d, web_request& in, int64_t image, version v,
                        const std::string& key);

} // namespace troupe::http::zarr

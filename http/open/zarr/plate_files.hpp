// The files of a plate's group.

#pragma once

#include "http/desk.hpp"
#include "http/open/zarr/hierarchy.hpp"

namespace troupe::http::zarr {

/// @param key  below the plate's group: ".zattrs", "A/1/.zattrs", "A/1/0/0/0/0/0/0/0".
/// @returns 404 for what is no file of it.
web_response plate_file(desk& d, web_request& in, int64_t plate, version v,
                        const std::string& key);

} // namespace troupe::http::zarr

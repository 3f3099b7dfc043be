// Settings as OMERO's requests name them, and the images they are for.

#pragma once

#include "http/omero/call.hpp"
#include "schema/queries/view_settings.hpp"

namespace troupe::http::omero {

/// Settings and plane (z and t from 1) as the query says them, of inactive channels as
/// well. @throws failure{bad_request} unless it lists every channel.
save_settings settings_wished(const web_request& in, const view_settings& now);

/// ?toids= of ?to_type=: images, or all in datasets, plates, wells and acquisitions.
/// Containers that are not visible hold none.
/// @throws failure{bad_request} for another type.
std::vector<int64_t> target_images(call& c);

/// Calls `ask` with at most a thousand images at a time.
void by_thousands(const std::vector<int64_t>& images,
                  const std::function<void(std::vector<int64_t>)>& ask);

} // namespace troupe::http::omero

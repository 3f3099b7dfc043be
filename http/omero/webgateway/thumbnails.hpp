// What requests for thumbnails have in common.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// {width} of the path, or the usual one. @throws failure{not_found}.
int32_t width_in_path(const call& c);

/// Grey, where there is nothing to see.
encoded_image placeholder();

/// {image}, {width} of the longest side, with {height} of both; ?z=, ?t=, c and the like.
/// @throws failure{not_found} for sides that are none.
view_thumbnail thumbnail_in(call& c);

} // namespace troupe::http::omero

// What requests for thumbnails have in common.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// {image}, {width} of the longest side, with {height} of both; ?z=, ?t=, c and the like.
/// @throws failure{not_found} for sides that are none.
view_thumbnail thumbnail_in(call& c);

} // namespace troupe::http::omero

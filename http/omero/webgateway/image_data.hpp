// The document that viewers open an image with: what it is, how it is cut, how it is
// shown.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// @param defaults  the settings as after the import, not those in force.
/// @throws refused with 404 when the image is absent or not visible.
json image_data(call& c, int64_t image, bool defaults);

/// @param x  with its context.
json image_data(const image_details& x);

/// [least, most] by the width of the type; of floats as well.
json pixel_range(pixel_type type);

} // namespace troupe::http::omero

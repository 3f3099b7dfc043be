// The faces that others' viewers know, a table each.

#pragma once

#include "http/route.hpp"

namespace troupe::http {

extern const std::vector<route> deepzoom_routes;
extern const std::vector<route> iiif_image_routes;
extern const std::vector<route> iiif_presentation_routes;
extern const std::vector<route> dav_routes;
extern const std::vector<route> zarr_routes;

} // namespace troupe::http

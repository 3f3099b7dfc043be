// The tables of routes, one per family of URLs.

#pragma once

#include "http/route.hpp"

namespace troupe::http {

extern const std::vector<route> session_routes;
extern const std::vector<route> container_routes;
extern const std::vector<route> image_routes;
extern const std::vector<route> view_settings_routes;
extern const std::vector<route> sample_routes;
extern const std::vector<route> lut_routes;
extern const std::vector<route> import_routes;
extern const std::vector<route> measure_routes; ///< examples/custom_actor
extern const std::vector<route> status_routes;
extern const std::vector<route> health_routes;

} // namespace troupe::http

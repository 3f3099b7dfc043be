#include "http/routes/tables.hpp"

namespace troupe::http {

const std::vector<const std::vector<route>*>& route_tables() {
  static const std::vector<const std::vector<route>*> all{
    &session_routes, &container_routes, &image_routes,   &view_settings_routes,
    &sample_routes,  &lut_routes,       &measure_routes, &import_routes,
    &status_routes,  &health_routes,
  };
  return all;
}

} // namespace troupe::http

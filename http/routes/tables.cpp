#include "http/routes/tables.hpp"

namespace troupe::http {

const route_list& route_tables() {
  static const route_list all{
    &session_routes,    &account_routes,
    &group_routes,      &own_session_routes,
    &container_routes,  &organise_routes,
    &trash_routes,      &history_routes,
    &move_routes,       &search_routes,
    &job_routes,        &thumbnail_routes,
    &image_routes,      &metadata_routes,
    &roi_routes,        &roi_file_routes,
    &annotation_routes, &tag_routes,
    &attachment_routes, &annotation_table_routes,
    &plate_routes,      &view_settings_routes,
    &sample_routes,     &lut_routes,
    &measure_routes,    &import_routes,
    &download_routes,   &share_routes,
    &status_routes,     &admin_routes,
    &health_routes,
  };
  return all;
}

} // namespace troupe::http

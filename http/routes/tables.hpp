// The tables of routes, one per family of URLs.

#pragma once

#include "http/route.hpp"

namespace troupe::http {

/// Of every list that comes in slices.
inline constexpr parameter after{"after", "string", "the `next` of the slice before"};
inline constexpr parameter of_owner{"owner", "integer", "only what this account owns"};
inline constexpr parameter limit{"limit", "integer",
                                 "items per slice, 1 to 1000, normally 100"};

/// Of requests about many objects, see batch_request.hpp.
inline constexpr parameter background{
  "background", "boolean", "make a job of it: the answer is 202 with the job"};

extern const std::vector<route> session_routes;
extern const std::vector<route> account_routes;
extern const std::vector<route> group_routes;
extern const std::vector<route> own_session_routes;
extern const std::vector<route> container_routes;
extern const std::vector<route> organise_routes;
extern const std::vector<route> job_routes;
extern const std::vector<route> thumbnail_routes;
extern const std::vector<route> search_routes;
extern const std::vector<route> trash_routes;
extern const std::vector<route> history_routes;
extern const std::vector<route> move_routes;
extern const std::vector<route> image_routes;
extern const std::vector<route> view_settings_routes;
extern const std::vector<route> sample_routes;
extern const std::vector<route> lut_routes;
extern const std::vector<route> metadata_routes;
extern const std::vector<route> download_routes;
extern const std::vector<route> roi_routes;
extern const std::vector<route> roi_file_routes;
extern const std::vector<route> annotation_routes;
extern const std::vector<route> tag_routes;
extern const std::vector<route> attachment_routes;
extern const std::vector<route> annotation_table_routes;
extern const std::vector<route> plate_routes;
extern const std::vector<route> import_routes;
extern const std::vector<route> measure_routes; ///< examples/custom_actor
extern const std::vector<route> share_routes;
extern const std::vector<route> status_routes;
extern const std::vector<route> admin_routes;
extern const std::vector<route> health_routes;

} // namespace troupe::http

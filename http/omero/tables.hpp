// The tables of OMERO's URLs, one per family.

#pragma once

#include "http/omero/face.hpp"

namespace troupe::http::omero {

extern const std::vector<route> figure_image_routes;
extern const std::vector<route> figure_page_routes;
extern const std::vector<route> figure_picture_routes;
extern const std::vector<route> figure_roi_routes;
extern const std::vector<route> figure_routes;
extern const std::vector<route> figure_unit_routes;
extern const std::vector<route> iviewer_image_routes;
extern const std::vector<route> iviewer_page_routes;
extern const std::vector<route> iviewer_projection_routes;
extern const std::vector<route> iviewer_roi_routes;
extern const std::vector<route> iviewer_sample_routes;
extern const std::vector<route> iviewer_save_routes;
extern const std::vector<route> iviewer_well_routes;
extern const std::vector<route> raw_tile_routes;
extern const std::vector<route> static_file_routes;
extern const std::vector<route> sign_in_routes;
extern const std::vector<route> page_routes;
extern const std::vector<route> api_routes;
extern const std::vector<route> gateway_copied_settings_routes;
extern const std::vector<route> gateway_download_routes;
extern const std::vector<route> gateway_image_data_routes;
extern const std::vector<route> gateway_link_routes;
extern const std::vector<route> gateway_listing_routes;
extern const std::vector<route> gateway_lut_routes;
extern const std::vector<route> gateway_ome_tiff_routes;
extern const std::vector<route> gateway_picture_routes;
extern const std::vector<route> gateway_plate_routes;
extern const std::vector<route> gateway_roi_routes;
extern const std::vector<route> gateway_sample_routes;
extern const std::vector<route> gateway_settings_routes;
extern const std::vector<route> gateway_shape_thumbnail_routes;
extern const std::vector<route> gateway_switch_routes;
extern const std::vector<route> gateway_table_routes;
extern const std::vector<route> gateway_thumbnail_routes;
extern const std::vector<route> gateway_thumbnail_text_routes;
extern const std::vector<route> webclient_container_routes;
extern const std::vector<route> webclient_people_routes;
extern const std::vector<route> webclient_tag_routes;
extern const std::vector<route> webclient_path_routes;
extern const std::vector<route> webclient_link_routes;
extern const std::vector<route> webclient_annotation_list_routes;
extern const std::vector<route> webclient_value_routes;
extern const std::vector<route> webclient_tagging_routes;
extern const std::vector<route> webclient_file_annotation_routes;
extern const std::vector<route> webclient_channel_routes;
extern const std::vector<route> webclient_action_routes;
extern const std::vector<route> webclient_activity_routes;
extern const std::vector<route> webclient_deletion_routes;
extern const std::vector<route> webclient_move_routes;
extern const std::vector<route> webclient_search_routes;
extern const std::vector<route> webclient_script_routes;
extern const std::vector<route> webclient_tagging_form_routes;
extern const std::vector<route> webclient_panel_routes;
extern const std::vector<route> webclient_download_routes;
extern const std::vector<route> webclient_table_routes;
extern const std::vector<route> webadmin_routes;

} // namespace troupe::http::omero

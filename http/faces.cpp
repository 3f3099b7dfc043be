// The tables of URLs that other programs bring along.

#include "http/omero/tables.hpp"
#include "http/open/tables.hpp"
#include "http/plain_page.hpp"

namespace troupe::http {

const route_list& face_tables() {
  static const route_list all{
    &omero::figure_image_routes,
    &omero::figure_page_routes,
    &omero::figure_picture_routes,
    &omero::figure_roi_routes,
    &omero::figure_routes,
    &omero::figure_unit_routes,
    &omero::iviewer_image_routes,
    &omero::iviewer_page_routes,
    &omero::iviewer_projection_routes,
    &omero::iviewer_roi_routes,
    &omero::iviewer_sample_routes,
    &omero::iviewer_save_routes,
    &omero::iviewer_well_routes,
    &omero::raw_tile_routes,
    &omero::sign_in_routes,
    &omero::page_routes,
    &omero::api_routes,
    &omero::gateway_copied_settings_routes,
    &omero::gateway_download_routes,
    &omero::gateway_image_data_routes,
    &omero::gateway_link_routes,
    &omero::gateway_listing_routes,
    &omero::gateway_lut_routes,
    &omero::gateway_ome_tiff_routes,
    &omero::gateway_picture_routes,
    &omero::gateway_plate_routes,
    &omero::gateway_roi_routes,
    &omero::gateway_sample_routes,
    &omero::gateway_settings_routes,
    &omero::gateway_shape_thumbnail_routes,
    &omero::gateway_switch_routes,
    &omero::gateway_table_routes,
    &omero::gateway_thumbnail_routes,
    &omero::gateway_thumbnail_text_routes,
    &omero::webclient_container_routes,
    &omero::webclient_people_routes,
    &omero::webclient_tag_routes,
    &omero::webclient_path_routes,
    &omero::webclient_link_routes,
    &omero::webclient_annotation_list_routes,
    &omero::webclient_value_routes,
    &omero::webclient_tagging_routes,
    &omero::webclient_file_annotation_routes,
    &omero::webclient_channel_routes,
    &omero::webclient_action_routes,
    &omero::webclient_activity_routes,
    &omero::webclient_deletion_routes,
    &omero::webclient_move_routes,
    &omero::webclient_search_routes,
    &omero::webclient_script_routes,
    &omero::webclient_tagging_form_routes,
    &omero::webclient_panel_routes,
    &omero::webclient_download_routes,
    &omero::webclient_table_routes,
    &omero::webadmin_routes,
    &iiif_presentation_routes,
    &iiif_image_routes, // takes all of /iiif that is left
    &deepzoom_routes,
    &omero::static_file_routes, // takes all of /static that is left
    &dav_routes,
    &plain_page_routes,
    &zarr_routes,
  };
  return all;
}

} // namespace troupe::http

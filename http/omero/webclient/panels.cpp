// Parts of OMERO's own pages, which our page has in forms of its own: said to be absent.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"

namespace troupe::http::omero {

namespace {

web_response no_such_panel(call& c) {
  c.who();
  throw failure{errc::not_found, "this part of the page is not served here"};
}

web_response no_exported_tiff(call&) {
  return document(json::object());
}

web_response tiff_is_downloaded(call&) {
  return document({{"status", "failed"},
                   {"error", "OME-TIFF is made while it is downloaded: see "
                             "/webgateway/render_ome_tiff/"}});
}

row panel(const char* pattern) {
  return {"GET", pattern, manner::pages, no_such_panel};
}

} // namespace

const std::vector<route> webclient_panel_routes = routes_of({
  panel("/webclient/metadata_details/{rest...}"),
  panel("/webclient/metadata_preview/{rest...}"),
  panel("/webclient/metadata_acquisition/{rest...}"),
  panel("/webclient/metadata_hierarchy/{rest...}"),
  panel("/webclient/load_plate/{rest...}"),
  panel("/webclient/load_original_metadata/{rest...}"),
  panel("/webclient/figure_script/{rest...}"),
  panel("/webclient/group_user_content"),
  panel("/webclient/batch_annotate"),
  panel("/webclient/download_placeholder"),
  panel("/webclient/load_calendar/{rest...}"),
  {"GET", "/webclient/ome_tiff_info/{image}", manner::data, no_exported_tiff},
  {"POST", "/webclient/ome_tiff_script/{image}", manner::data, tiff_is_downloaded},
});

} // namespace troupe::http::omero

// The promises of OMERO's viewer.

#include "http/omero/contract.hpp"

namespace troupe::http::omero {

namespace {

constexpr const char* viewer_data = R"({
  "id": "int",
  "meta": {"imageName": "string", "imageAuthor": "string", "pixelsType": "string",
           "datasetId": "int|null", "datasetName": "string", "wellId": "int|string",
           "*": "any"},
  "perms": {"canAnnotate": "bool", "canEdit": "bool", "canDelete": "bool",
            "canLink": "bool"},
  "size": {"width": "int", "height": "int", "z": "int", "t": "int", "c": "int"},
  "tiles": "bool",
  "pixel_size": {"x": "number|null", "y": "number|null", "z": "number|null",
                 "unit_x": "number", "symbol_x": "string", "unit_id_x": "string",
                 "*": "any"},
  "pixel_range": ["number"],
  "channels": [{"label": "string", "active": "bool", "color": "string",
                "window": {"min": "number", "max": "number", "start": "number",
                           "end": "number"},
                "inverted": "bool", "family": "string", "coefficient": "number",
                "*": "any"}],
  "rdefs": {"model": "string", "projection": "string", "defaultZ": "int",
            "defaultT": "int", "*": "any"},
  "roi_count": "int", "families": ["string"], "import_date": "string",
  "acquisition_date?": "string", "delta_t_unit_symbol": "null", "*": "any"})";

constexpr const char* statistics = R"({"{shape}": [
  {"index": "int", "points": "int", "min": "number", "max": "number", "sum": "number",
   "mean": "number", "std_dev": "number"}]})";

} // namespace

const std::vector<promise> iviewer_promises{
  {1, "GET", "/iviewer/?images={image}", "", 302, "", ""},
  {1, "GET", "/iviewer/image_data/{image}/?_=1700000000000", "", 200, "application/json",
   viewer_data},
  {1, "GET", "/iviewer/image_data/999999999/", "", 404, "application/json",
   R"({"error": "string"})"},
  {2, "GET", "/iviewer/roi/{roi}/image_data/", "", 200, "application/json", viewer_data},
  {2, "GET", "/iviewer/shape/{shape}/image_data/", "", 200, "application/json",
   viewer_data},
  {2, "GET", "/iviewer/roi/999999999/image_data/", "", 404, "", ""},
  {2, "GET", "/iviewer/image_data/{image}/delta_t/", "", 200, "application/json",
   R"({"delta_t": ["number"], "delta_t_unit_symbol": "string", "image_id": "string"})"},
  {1, "GET", "/iviewer/persist_rois/", "", 200, "application/json",
   R"({"errors": ["string"]})"},
  {1, "POST", "/iviewer/persist_rois/?_=1700000000000",
   R"({"imageId": {orphan}, "rois": {"count": 1, "new": [
       {"@type": "http://www.openmicroscopy.org/Schemas/OME/2016-06#Point", "X": 1.5,
        "Y": 2, "oldId": "-1:-1"}]}})",
   200, "application/json", R"({"ids": {"-1:-1": "string"}})"},
  {1, "POST", "/iviewer/persist_rois",
   R"({"imageId": {orphan}, "rois": {"new_and_deleted": ["-2:-5"]}})", 200,
   "application/json", R"({"ids": {}})"},
  {2, "GET", "/iviewer/rois_by_plane/{image}/1/0/?limit=10&offset=0", "", 200,
   "application/json",
   R"({"data": [{"@id": "int", "@type": "string", "shapes": [
        {"@id": "int", "@type": "string",
         "omero:details": {"permissions": "any", "*": "any"}, "*": "any"}], "*": "any"}],
       "meta": {"totalCount": "int", "*": "any"}})"},
  {2, "GET", "/iviewer/rois_by_plane/{image}/0-2/0-1/", "", 200, "application/json",
   R"({"data": ["any"], "meta": {"totalCount": "int", "*": "any"}})"},
  {2, "GET", "/iviewer/plane_shape_counts/{image}/", "", 200, "application/json",
   R"({"data": [["int"]]})"},
  {2, "GET", "/iviewer/roi/{roi}/page_data/", "", 200, "application/json",
   R"({"image": {"id": "int"}, "roi": {"id": "int"}, "roi_index": "int",
       "roi_count": "int"})"},
  {2, "GET", "/iviewer/shape/{shape}/page_data/", "", 200, "application/json",
   R"({"image": {"id": "int"}, "roi": {"id": "int"}, "roi_index": "int",
       "roi_count": "int", "theZ": "int|null", "theT": "int|null"})"},
  {2, "GET", "/iviewer/get_intensity/?image={image}&x=3.5&y=4&z=0&t=0&c=0,1", "", 200,
   "application/json",
   R"({"count": "int", "pixels": {"3-4": {"0": "number", "1": "number"}, "*": "any"}})"},
  {2, "GET", "/iviewer/get_intensity?image={image}", "", 200, "application/json",
   R"({"error": "string"})"},
  {2, "GET", "/iviewer/shape_stats/?ids={roi}:{shape}&z=0&t=0&cs=0,1", "", 200,
   "application/json", statistics},
  {2, "GET", "/iviewer/shape_stats?ids={shape}&z=0", "", 200, "application/json",
   R"({"error": "string"})"},
  {2, "GET",
   "/iviewer/save_projection/?image={image}&projection=intmax&start=0&end=2"
   "&dataset={dataset}",
   "", 200, "application/json", R"({"id": "int"})"},
  {2, "GET", "/iviewer/save_projection?image={image}&projection=none", "", 200,
   "application/json", R"({"error": "string"})"},
  {2, "GET", "/iviewer/well_images/?id={well}&offset=0&limit=10", "", 200,
   "application/json",
   R"({"data": [{"@id": "int", "Name": "string"}], "meta": {"totalCount": "int"}})"},
  {3, "OPTIONS", "/omero_ms_image_region/", "", 200, "application/json",
   R"({"options": {"maxActiveChannels": "int"}})"},
};

} // namespace troupe::http::omero

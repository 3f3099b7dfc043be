// The promises of the webgateway: pictures, what is told of images, settings, listings.

#include "http/omero/contract.hpp"

namespace troupe::http::omero {

namespace {

constexpr const char* image_promise = R"({"id": "int",
  "meta": {"imageName": "string", "imageDescription": "string",
    "imageAuthor": "string", "imageArchived": "bool", "projectName": "string",
    "projectId": "int|null", "projectDescription": "string", "datasetName": "string",
    "datasetId": "int|null", "datasetDescription": "string", "wellSampleId": "string",
    "wellId": "int|string", "imageTimestamp": "number", "imageId": "int",
    "pixelsType": "string"},
  "perms": {"canAnnotate": "bool", "canEdit": "bool", "canDelete": "bool",
    "canLink": "bool"},
  "tiles": "bool", "tile_size?": {"width": "int", "height": "int"}, "levels?": "int",
  "resolutions?": {"*": {"sizeX": "int", "sizeY": "int"}},
  "zoomLevelScaling?": {"*": "number"}, "interpolate": "bool",
  "size": {"width": "int", "height": "int", "z": "int", "t": "int", "c": "int"},
  "pixel_size": {"x": "number|null", "y": "number|null", "z": "number|null"},
  "init_zoom": "int", "pixel_range": ["int"], "nominalMagnification?": "number",
  "channels": [{"emissionWave": "number|null", "label": "string", "color": "string",
    "inverted": "bool", "reverseIntensity": "bool", "family": "string",
    "coefficient": "number", "active": "bool", "lut?": "string",
    "window": {"min": "number", "max": "number", "start": "number", "end": "number"}}],
  "split_channel": {
    "g": {"width": "int", "height": "int", "border": "int", "gridx": "int",
      "gridy": "int"},
    "c": {"width": "int", "height": "int", "border": "int", "gridx": "int",
      "gridy": "int"}},
  "rdefs": {"model": "string", "projection": "string", "defaultZ": "int",
    "defaultT": "int", "invertAxis": "bool"}})";

constexpr const char* card_promise =
  R"([{"type": "string", "id": "int", "name": "string", "description": "string",
  "author": "string", "date": "number", "thumb_url": "string"}])";

constexpr const char* table_promise =
  R"({"data": {"column_types": ["string"], "columns": ["string"], "rows": ["any", "?"]},
  "meta": {"rowCount": "int", "totalCount": "int", "limit": "int|null",
  "offset": "int"}, "*": "any"})";

constexpr const char* settings_list_promise =
  R"({"rdefs": [{"id": "int", "z": "int", "t": "int", "model": "string",
  "owner": {"id": "int", "firstName": "string", "lastName": "string"},
  "c": [{"active": "bool", "start": "number", "end": "number", "color": "string",
    "inverted": "bool", "reverseIntensity": "bool", "family": "string",
    "coefficient": "number", "lut?": "string",
    "rgb": {"red": "int", "green": "int", "blue": "int"}}]}]})";

constexpr const char* lut_promise =
  R"({"luts": [{"id": "int", "path": "string", "name": "string", "size": "int",
  "png_index": "int", "png_index_new": "int"}], "png_luts": ["string"],
  "png_luts_new": ["string"]})";

constexpr const char* grid_promise =
  R"({"grid": ["any"], "collabels": ["int|string"], "rowlabels": ["int|string"],
  "image_sizes": [{"x": "int", "y": "int", "image_id": "int"}]})";

} // namespace

const std::vector<promise> gateway_promises{
  {1, "GET", "/webgateway/render_image/{image}/", "", 200, "image/jpeg", ""},
  {1, "GET",
   "/webgateway/render_image/{image}/1/0/"
   "?c=1%7C0:255$FF0000,-2%7C0:255$00FF00&m=c&q=0.9&p="
   "intmax%7C0:2",
   "", 200, "image/jpeg", ""},
  {1, "GET", "/webclient/render_image/{image}/0/0/", "", 200, "image/jpeg", ""},
  {1, "GET",
   "/webgateway/render_image_region/{pyramid}/0/0/?tile=1,0,0,256,256&c=1%7C0:255$FFFFFF&"
   "m=c",
   "", 200, "image/jpeg", ""},
  {1, "GET", "/webgateway/render_image_region/{image}/0/0/?region=10,10,500,500", "", 200,
   "image/jpeg", ""},
  {1, "GET", "/webgateway/render_image_region/{image}/0/0/", "", 400, "text/plain", ""},
  {2, "GET",
   "/webgateway/render_image_rdef/{image}/0/0/?c=1%7C0:255$FF0000,2%7C0:255$00FF00&m=c",
   "", 200, "image/jpeg", ""},
  {2, "GET", "/webgateway/render_image_rdef/{image}/0/0/", "", 400, "text/plain", ""},
  {2, "GET",
   "/webgateway/render_image_region_rdef/{image}/0/0/"
   "?tile=0,0,0&c=1%7C0:255$FF0000,2%7C0:255$00FF00&m=c",
   "", 200, "image/jpeg", ""},
  {1, "GET", "/webgateway/render_thumbnail/{image}/", "", 200, "image/jpeg", ""},
  {1, "GET", "/webgateway/render_thumbnail/{image}/256/", "", 200, "image/jpeg", ""},
  {1, "GET", "/webgateway/render_thumbnail/{image}/64/64/?z=1&t=0", "", 200, "image/jpeg",
   ""},
  {1, "GET", "/webclient/render_thumbnail/{image}/", "", 200, "image/jpeg", ""},
  {1, "GET", "/webclient/render_thumbnail/size/96/{image}/", "", 200, "image/jpeg", ""},
  {2, "GET", "/webgateway/render_birds_eye_view/{image}/", "", 200, "image/jpeg", ""},
  {3, "GET", "/webgateway/render_split_channel/{image}/0/0/", "", 200, "image/jpeg", ""},
  {3, "GET", "/webgateway/render_row_plot/{image}/0/0/5/", "", 200, "image/png", ""},
  {3, "GET", "/webgateway/render_col_plot/{image}/0/0/5/2/", "", 200, "image/png", ""},
  {2, "GET", "/webgateway/render_roi_thumbnail/{roi}", "", 200, "image/jpeg", ""},
  {2, "GET", "/webgateway/render_shape_thumbnail/{shape}/?color=f00", "", 200,
   "image/jpeg", ""},
  {1, "GET", "/webgateway/render_shape_mask/{mask}/", "", 200, "image/png", ""},
  {3, "GET", "/webgateway/render_movie/{image}/z/0/", "", 404, "text/html", ""},
  {2, "GET", "/webgateway/img_detail/{image}/", "", 302, "", ""},
  {2, "GET", "/webclient/img_detail/{image}/", "", 302, "", ""},
  {1, "GET", "/webgateway/luts_png/", "", 200, "image/png", ""},
  {1, "GET", "/webgateway/imgData/{image}/", "", 200, "application/json", image_promise},
  {1, "GET", "/webgateway/imgData/{image}/?getDefaults=true", "", 200, "application/json",
   image_promise},
  {1, "GET", "/webgateway/imgData/{pyramid}/", "", 200, "application/json",
   image_promise},
  {1, "GET", "/webgateway/imgData/{pyramid}/tile_size/", "", 200, "application/json",
   R"({"width": "int", "height": "int"})"},
  {1, "GET", "/webgateway/imgData/{pyramid}/zoomLevelScaling/", "", 200,
   "application/json", R"({"0": "number", "1": "number", "*": "number"})"},
  {1, "GET", "/webgateway/imgData/{image}/size/", "", 200, "application/json",
   R"({"width": "int", "height": "int", "z": "int", "t": "int", "c": "int"})"},
  {1, "GET", "/webgateway/imgData/0/", "", 404, "text/plain", ""},
  {1, "GET", "/webclient/imgData/{image}/", "", 200, "application/json", image_promise},
  {1, "POST",
   "/webgateway/saveImgRDef/{image}/"
   "?c=1%7C0.450000:255$0000FF,2%7C0:255$00FF00&m=c&z=1&t=1",
   "", 200, "application/javascript", ""},
  {1, "GET", "/webgateway/getImgRDef/", "", 200, "application/json",
   R"({"rdef": "any"})"},
  {1, "GET", "/webgateway/copyImgRDef/?fromid={image}", "", 200, "application/json",
   R"("bool")"},
  {1, "POST", "/webgateway/copyImgRDef/", "fromid={image}&toids={orphan}", 200,
   "application/json", R"({"true": ["int"], "false": ["int", "?"]})"},
  {1, "POST", "/webgateway/resetRDef/", "toids={orphan}&to_type=image", 200,
   "application/json", R"(["int"])"},
  {1, "POST", "/webgateway/applyOwnersRDef/", "toids={dataset}&to_type=dataset", 200,
   "application/json", R"(["int"])"},
  {1, "GET", "/webgateway/get_image_rdefs_json/{image}/", "", 200, "application/json",
   settings_list_promise},
  {1, "GET", "/webgateway/luts/", "", 200, "application/json", lut_promise},
  {1, "GET", "/webgateway/get_thumbnails/?id={image}&id={rgb}&id=0", "", 200,
   "application/json", R"({"*": "string|null"})"},
  {1, "GET", "/webclient/get_thumbnails/?id={image}", "", 200, "application/json",
   R"({"*": "string"})"},
  {1, "GET", "/webgateway/get_thumbnail/{image}/64/", "", 200, "application/json",
   R"("string")"},
  {2, "GET", "/webgateway/proj/list/", "", 200, "application/json",
   R"([{"id": "int", "name": "string", "description": "string"}])"},
  {3, "GET", "/webgateway/proj/{project}/detail/", "", 200, "application/json",
   R"({"type": "string", "id": "int", "name": "string", "description": "string"})"},
  {3, "GET", "/webgateway/proj/{project}/children/", "", 200, "application/json",
   R"([{"type": "string", "id": "int", "name": "string", "description": "string",
        "child_count": "int"}])"},
  {2, "GET", "/webgateway/dataset/{dataset}/children/", "", 200, "application/json",
   card_promise},
  {2, "GET", "/webgateway/well/{well}/children/", "", 200, "application/json",
   card_promise},
  {3, "GET", "/webgateway/wellData/{well}/", "", 200, "application/json",
   R"({"wellPos": "string", "plateId": "int", "wellId": "int", "*": "any"})"},
  {1, "GET", "/webgateway/plate/{plate}/", "", 200, "application/json", grid_promise},
  {1, "GET", "/webgateway/plate/{plate}/0/{run}/?layout=trim&size=96", "", 200,
   "application/json", grid_promise},
  {1, "GET", "/webgateway/histogram_json/{image}/channel/0/?theZ=1&theT=0", "", 200,
   "application/json", R"({"data": ["int"]})"},
  {2, "GET", "/webgateway/get_rois_json/{image}/", "", 200, "application/json",
   R"([{"id": "int", "shapes": [{"id": "int", "type": "string", "*": "any"}]}])"},
  {3, "GET", "/webgateway/get_shape_json/{roi}/{shape}/", "", 200, "application/json",
   R"({"id": "int", "type": "string", "*": "any"})"},
  {2, "GET", "/webgateway/original_file_paths/{image}/", "", 200, "application/json",
   R"({"repo": ["string"], "client": ["string"], "fileset": {"id": "int"}})"},
  {1, "GET", "/webgateway/open_with/", "", 200, "application/json",
   R"({"open_with_options": ["any", "?"]})"},
  {1, "GET", "/webgateway/table/0/query/?query=*", "", 200, "application/json",
   R"({"error": "string"})"},
  {1, "GET", "/webgateway/table/Dataset/{dataset}/query/?query=*", "", 200,
   "application/json", table_promise},
  {1, "GET", "/webgateway/table/Plate.wells/{well}/query/?query=*", "", 200,
   "application/json", R"({"error": "string"})"},
  {1, "GET", "/webgateway/annotations/Screen.plateLinks.child.wells/{well}/", "", 200,
   "application/json", R"({"data": ["any", "?"]})"},
  {1, "GET", "/webgateway/archived_files/download/{image}/", "", 200,
   "application/force-download", ""},
  {1, "GET", "/webgateway/archived_files/download/?image={image}&image={rgb}", "", 200,
   "application/force-download", ""},
  {2, "GET", "/webgateway/download_as/{image}/?format=png", "", 200,
   "application/force-download", ""},
  {2, "GET", "/webclient/render_image_download/{image}/?format=tif", "", 200,
   "application/force-download", ""},
  {2, "GET", "/webgateway/render_ome_tiff/i/{image}/", "", 200, "image/tiff", ""},
  {2, "GET", "/webgateway/render_ome_tiff/d/{dataset}/?dryrun=1", "", 200,
   "application/json", R"("int")"},
};

} // namespace troupe::http::omero

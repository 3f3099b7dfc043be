// The shapes of regions: drawn, stored, counted, measured. Mirrors roi_json.cpp and the
// questions of schema/queries/draw.hpp.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

json roi_words(json schema, const char* words) {
  schema["description"] = words;
  return schema;
}

json drawn_shape_properties() {
  json kind{
    {"type", "string"},
    {"enum",
     {"rectangle", "ellipse", "point", "line", "polyline", "polygon", "label", "mask"}}};
  return {
    {"kind", kind},
    {"z", nullable(integer)},
    {"c", nullable(integer)},
    {"t", nullable(integer)},
    {"geometry",
     roi_words(
       array_of(number),
       "pixels: x, y, width, height (rectangle, mask); x, y, radius x, radius y "
       "(ellipse); x, y (point, label); x1, y1, x2, y2 (line); x, y of each point "
       "(polyline, polygon)")},
    {"transform", roi_words(nullable(array_of(number)), "a00, a10, a01, a11, a02, a12")},
    {"mask",
     roi_words(nullable(text), "base64, a bit per pixel, row by row, highest bit first")},
    {"text", text},
    {"locked", boolean},
    {"fill", roi_words(nullable(integer), "0xRRGGBBAA")},
    {"stroke", roi_words(nullable(integer), "0xRRGGBBAA")},
    {"style", ref("ShapeStyle")}};
}

const std::vector<std::string> all_but_kind_and_geometry{
  "z", "c", "t", "transform", "mask", "text", "locked", "fill", "stroke", "style"};

json shape_style() {
  return object({{"strokeWidth", ref("Quantity")},
                 {"fontSize", ref("Quantity")},
                 {"strokeDashes", text},
                 {"fillRule", text},
                 {"lineCap", text},
                 {"markerStart", roi_words(text, "Arrow")},
                 {"markerEnd", roi_words(text, "Arrow")},
                 {"fontFamily", text},
                 {"fontStyle", text}},
                {"strokeWidth", "fontSize", "strokeDashes", "fillRule", "lineCap",
                 "markerStart", "markerEnd", "fontFamily", "fontStyle"});
}

json stored_shape_properties() {
  auto p = drawn_shape_properties();
  p["id"] = integer;
  p["bounds"] = roi_words(array_of(number), "left, top, right, bottom");
  return p;
}

json edited_shape() {
  auto p = drawn_shape_properties();
  p["id"] = roi_words(integer, "the shape it takes the place of");
  auto optional = all_but_kind_and_geometry;
  optional.emplace_back("id");
  return object(p, optional);
}

json region_change_properties() {
  return {
    {"version", integer},
    {"name", text},
    {"description", text},
    {"shapes", roi_words(array_of(ref("EditedShape")), "all there are from now on")},
    {"put", array_of(ref("EditedShape"))},
    {"drop", roi_words(array_of(integer), "ids of shapes")}};
}

json named_region_change() {
  auto p = region_change_properties();
  p["id"] = integer;
  return object(p, {"version", "name", "description", "shapes", "put", "drop"});
}

json refusals() {
  return array_of(object({{"id", integer}, {"reason", text}, {"error", text}}));
}

json shape_list() {
  auto item = stored_shape_properties();
  item["roi"] = integer;
  auto cell = object({{"x", number}, {"y", number}, {"count", integer}});
  return object(
    {{"items", array_of(object(item))},
     {"total", integer},
     {"next", nullable(text)},
     {"clusters", nullable(object({{"size", number}, {"cells", array_of(cell)}}))}});
}

json measured_shapes() {
  auto channel = object({{"channel", integer},
                         {"points", integer},
                         {"min", nullable(number)},
                         {"max", nullable(number)},
                         {"mean", nullable(number)},
                         {"sum", nullable(number)},
                         {"deviation", nullable(number)}});
  return object({{"shapes", array_of(object({{"id", integer},
                                             {"z", integer},
                                             {"t", integer},
                                             {"channels", array_of(channel)}}))}});
}

} // namespace

json roi_schemas() {
  return {
    {"ShapeStyle", shape_style()},
    {"DrawnShape", object(drawn_shape_properties(), all_but_kind_and_geometry)},
    {"EditedShape", edited_shape()},
    {"StoredShape", object(stored_shape_properties())},
    {"Roi", object({{"id", integer},
                    {"image", nullable(integer)},
                    {"name", text},
                    {"description", text},
                    {"owner", ref("Person")},
                    {"created", time_text},
                    {"updated", time_text},
                    {"version", integer},
                    {"rights", array_of(text)},
                    {"shapes", array_of(ref("StoredShape"))}})},
    {"RoiList", list_of("Roi")},
    {"NewRoi",
     object(
       {{"name", text}, {"description", text}, {"shapes", array_of(ref("DrawnShape"))}},
       {"name", "description"})},
    {"NewRois", object({{"rois", array_of(ref("NewRoi"))}})},
    {"RoiChange", object(region_change_properties(),
                         {"version", "name", "description", "shapes", "put", "drop"})},
    {"NewDrawing",
     object({{"image", integer},
             {"create", array_of(ref("NewRoi"))},
             {"change", array_of(named_region_change())},
             {"delete",
              array_of(object({{"id", integer}, {"version", integer}}, {"version"}))}},
            {"image", "create", "change", "delete"})},
    {"DrawnRoi",
     object({{"id", integer}, {"version", integer}, {"shapes", array_of(integer)}})},
    {"Drawing", object({{"created", array_of(ref("DrawnRoi"))},
                        {"changed", array_of(ref("DrawnRoi"))},
                        {"deleted", array_of(integer)},
                        {"trash", nullable(integer)},
                        {"refused", refusals()}})},
    {"ShapeList", shape_list()},
    {"ShapeIds",
     object(
       {{"shapes", array_of(integer)}, {"z", integer}, {"t", integer}, {"c", integer}},
       {"z", "t", "c"})},
    {"MeasuredShapes", measured_shapes()},
    {"ImportedRois", object({{"created", integer},
                             {"shapes", integer},
                             {"rois", array_of(integer)},
                             {"warnings", array_of(text)}})},
  };
}

} // namespace troupe::http

#include "http/omero/webgateway/shape_marks.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

double number_at(const json& list, size_t i) {
  return list.at(i).get<double>();
}

/// "M 1 2 L 3 4", closed with " z".
std::string svg_path(const json& geometry, bool closed) {
  std::string out;
  for (size_t i = 0; i + 1 < geometry.size(); i += 2)
    out += fmt::format("{}{} {}", i == 0 ? "M " : " L ", number_at(geometry, i),
                       number_at(geometry, i + 1));
  return closed ? out + " z" : out;
}

void put_numbers(json& out, const json& geometry, std::vector<const char*> names) {
  for (size_t i = 0; i < names.size() && i < geometry.size(); ++i)
    out[names[i]] = geometry[i];
}

void put_geometry(json& out, const std::string& kind, const json& geometry) {
  if (kind == "rectangle" || kind == "mask")
    put_numbers(out, geometry, {"x", "y", "width", "height"});
  else if (kind == "ellipse")
    put_numbers(out, geometry, {"x", "y", "radiusX", "radiusY"});
  else if (kind == "line")
    put_numbers(out, geometry, {"x1", "y1", "x2", "y2"});
  else if (kind == "polyline" || kind == "polygon")
    out["points"] = svg_path(geometry, kind == "polygon");
  else
    put_numbers(out, geometry, {"x", "y"});
}

const char* type_of(const std::string& kind) {
  return kind == "rectangle" ? "Rectangle"
         : kind == "ellipse" ? "Ellipse"
         : kind == "point"   ? "Point"
         : kind == "line"    ? "Line"
         : kind == "polygon" ? "Polygon"
         : kind == "label"   ? "Label"
         : kind == "mask"    ? "Mask"
                             : "PolyLine";
}

/// @param number  0xRRGGBBAA or null.
void put_color(json& out, const std::string& name, const json& number) {
  if (!number.is_number())
    return;
  const auto rgba = static_cast<uint32_t>(number.get<int64_t>());
  out[name + "Color"] = fmt::format("#{:06x}", rgba >> 8);
  out[name + "Alpha"] = (rgba & 0xFF) / 255.0;
}

void put_text(json& out, const json& ours, const json& style) {
  const auto text = ours.value("text", std::string{});
  if (text.empty())
    return;
  out["textValue"] = text;
  if (const auto size = style.find("fontSize"); size != style.end())
    out["fontSize"] = size->value("value", json{});
  for (auto name : {"fontStyle", "fontFamily"})
    if (style.contains(name))
      out[name] = style[name];
}

} // namespace

json shape_mark(const json& ours) {
  const auto kind = ours.at("kind").get<std::string>();
  const auto style = ours.value("style", json::object());
  json out{{"id", ours.at("id")}, {"type", type_of(kind)}};
  if (!ours.at("z").is_null())
    out["theZ"] = ours["z"];
  if (!ours.at("t").is_null())
    out["theT"] = ours["t"];
  put_geometry(out, kind, ours.at("geometry"));
  put_text(out, ours, style);
  if (const auto& m = ours.at("transform"); m.is_array() && m.size() == 6)
    out["transform"] =
      fmt::format("matrix({} {} {} {} {} {})", number_at(m, 0), number_at(m, 1),
                  number_at(m, 2), number_at(m, 3), number_at(m, 4), number_at(m, 5));
  put_color(out, "fill", ours.at("fill"));
  put_color(out, "stroke", ours.at("stroke"));
  if (const auto width = style.find("strokeWidth"); width != style.end())
    out["strokeWidth"] = width->value("value", json{});
  for (auto name : {"markerStart", "markerEnd"})
    if (style.contains(name))
      out[name] = style[name];
  return out;
}

} // namespace troupe::http::omero

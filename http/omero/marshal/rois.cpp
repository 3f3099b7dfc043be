// Regions and their shapes.

#include "http/omero/marshal/kinds.hpp"
#include "http/omero/marshal/values.hpp"
#include "storage/metadata/roi.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

using metadata::shape_kind;
using nlohmann::json;

/// "x,y x,y ...".
std::string points_text(const json& geometry) {
  std::string out;
  for (size_t i = 0; i + 1 < geometry.size(); i += 2)
    out += fmt::format("{}{},{}", out.empty() ? "" : " ", geometry[i].get<double>(),
                       geometry[i + 1].get<double>());
  return out;
}

void put_geometry(object_text& out, shape_kind kind, const json& geometry) {
  auto put_each = [&](std::initializer_list<const char*> names) {
    size_t i = 0;
    for (auto name : names)
      out.put(name, geometry.at(i++).get<double>());
  };
  switch (kind) {
    case shape_kind::rectangle:
    case shape_kind::mask: return put_each({"X", "Y", "Width", "Height"});
    case shape_kind::ellipse: return put_each({"X", "Y", "RadiusX", "RadiusY"});
    case shape_kind::point:
    case shape_kind::label: return put_each({"X", "Y"});
    case shape_kind::line: return put_each({"X1", "Y1", "X2", "Y2"});
    case shape_kind::polyline:
    case shape_kind::polygon: out.put("Points", points_text(geometry));
  }
}

std::string transform_text(const json& matrix) {
  if (!matrix.is_array())
    return {};
  const char* names[]{"A00", "A10", "A01", "A11", "A02", "A12"};
  object_text out;
  out.put("@type", type_named("AffineTransform"));
  for (size_t i = 0; i < std::size(names); ++i)
    out.put(names[i], matrix.at(i).get<double>());
  return std::move(out).close();
}

void put_style(object_text& out, const json& style, bool has_ends) {
  out.take("FillRule", style, "fillRule");
  out.take("FontFamily", style, "fontFamily");
  out.raw("FontSize", length_text(style.value("fontSize", json{})));
  out.take("FontStyle", style, "fontStyle");
  out.take("StrokeDashArray", style, "strokeDashes");
  out.raw("StrokeWidth", length_text(style.value("strokeWidth", json{})));
  if (!has_ends)
    return;
  out.take("MarkerStart", style, "markerStart");
  out.take("MarkerEnd", style, "markerEnd");
}

void put_color(object_text& out, std::string_view key, const json& rgba) {
  if (rgba.is_number())
    out.put(key, signed_color(rgba));
}

} // namespace

object_text shape_text(const json& s, const std::string& details) {
  const auto kind = static_cast<shape_kind>(s.at("kind").get<int>());
  auto out = head_text(metadata::name_of(kind), s.at("id"), details);
  put_geometry(out, kind, s.at("geometry"));
  out.put("TheZ", s.at("z"));
  out.put("TheC", s.at("c"));
  out.put("TheT", s.at("t"));
  put_color(out, "FillColor", s.at("fill"));
  put_color(out, "StrokeColor", s.at("stroke"));
  out.put("Locked", s.at("locked").get<bool>());
  out.take("Text", s, "text");
  out.raw("Transform", transform_text(s.at("transform")));
  put_style(out, s.at("style"), kind == shape_kind::line || kind == shape_kind::polyline);
  return out;
}

void put_roi(object_text& out, const json& facts, const place& at) {
  out.put_if("Name", at.object.name);
  out.put_if("Description", at.object.description);
  list_text shapes;
  for (auto& s : facts.at("shapes"))
    shapes.add(shape_text(s, at.details()).close());
  if (!shapes.empty())
    out.raw("shapes", std::move(shapes).close());
}

} // namespace troupe::http::omero

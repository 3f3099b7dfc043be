#include "http/omero/marshal/shape_in.hpp"

#include "http/arguments.hpp"
#include "http/omero/marshal/values.hpp"
#include "storage/regions/colours.hpp"
#include "storage/regions/region_check.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace troupe::http::omero {

namespace {

using metadata::shape_kind;
using nlohmann::json;

/// A shape's JSON, and what it is called in refusals.
struct shape_source {
  const json& body;
  const std::string& name;

  [[noreturn]] void refuse(const char* key, std::string_view what) const {
    throw failure{errc::bad_request, fmt::format("{}: {} {}", name, key, what)};
  }
  /// Null counts as absent.
  const json* at(const char* key) const {
    const auto found = body.find(key);
    return found == body.end() || found->is_null() ? nullptr : &*found;
  }
  double number(const char* key) const {
    const auto* found = at(key);
    if (!found || !found->is_number() || !std::isfinite(found->get<double>()))
      refuse(key, "is missing or no number");
    return found->get<double>();
  }
  std::string text(const char* key) const {
    const auto* found = at(key);
    if (found && !found->is_string())
      refuse(key, "is no text");
    return found ? found->get<std::string>() : "";
  }
  std::optional<int64_t> whole(const char* key, int64_t least, int64_t most) const {
    const auto* found = at(key);
    if (!found)
      return std::nullopt;
    if (!is_integer(*found) || found->get<int64_t>() < least
        || found->get<int64_t>() > most)
      refuse(key, fmt::format("is no whole number from {} to {}", least, most));
    return found->get<int64_t>();
  }
};

shape_kind kind_in(const shape_source& from) {
  const auto type = from.text("@type");
  const auto kind = metadata::shape_kind_of(type.substr(type.rfind('#') + 1));
  if (!kind)
    from.refuse("@type", fmt::format("'{}' is no shape", type.substr(0, 100)));
  return *kind;
}

/// "x,y x,y", also with blanks after the commas; all the numbers there are.
std::vector<double> points_in(const shape_source& from) {
  const auto text = from.text("Points");
  std::vector<double> out;
  const auto end = text.data() + text.size();
  for (auto at = text.data(); at != end;) {
    if (*at == ' ' || *at == ',') {
      ++at;
      continue;
    }
    double n = 0;
    const auto [stop, error] = std::from_chars(at, end, n);
    if (error != std::errc{} || !std::isfinite(n)
        || out.size() >= 2 * regions::limits::most_points)
      from.refuse("Points", "is no list of pairs x,y with blanks between");
    out.push_back(n);
    at = stop;
  }
  if (out.empty() || out.size() % 2 != 0)
    from.refuse("Points", "is no list of pairs x,y with blanks between");
  return out;
}

std::vector<double> geometry_in(const shape_source& from, shape_kind kind) {
  auto each = [&](std::initializer_list<const char*> keys) {
    std::vector<double> out;
    for (auto key : keys)
      out.push_back(from.number(key));
    return out;
  };
  switch (kind) {
    case shape_kind::rectangle:
    case shape_kind::mask: return each({"X", "Y", "Width", "Height"});
    case shape_kind::ellipse: return each({"X", "Y", "RadiusX", "RadiusY"});
    case shape_kind::point:
    case shape_kind::label: return each({"X", "Y"});
    case shape_kind::line: return each({"X1", "Y1", "X2", "Y2"});
    case shape_kind::polyline:
    case shape_kind::polygon: break;
  }
  return points_in(from);
}

std::optional<int32_t> plane_in(const shape_source& from, const char* key) {
  const auto n = from.whole(key, 0, INT32_MAX);
  return n ? std::optional{static_cast<int32_t>(*n)} : std::nullopt;
}

/// A signed number of the same bits as 0xRRGGBBAA.
std::optional<rgba> color_in(const shape_source& from, const char* key) {
  const auto n = from.whole(key, INT32_MIN, UINT32_MAX);
  return n ? std::optional{regions::color_of(static_cast<uint32_t>(*n))} : std::nullopt;
}

std::optional<metadata::quantity> quantity_in(const shape_source& from, const char* key) {
  const auto* found = from.at(key);
  if (!found)
    return std::nullopt;
  const auto value = found->is_object() ? found->value("Value", json{}) : json{};
  const auto unit = found->is_object() ? found->value("Unit", json{}) : json{};
  if (!value.is_number() || !std::isfinite(value.get<double>()) || !unit.is_string())
    from.refuse(key, "is no object with a number Value and a text Unit");
  return metadata::quantity{value.get<double>(), length_symbol(unit.get<std::string>())};
}

std::optional<metadata::affine> transform_in(const shape_source& from) {
  const auto* found = from.at("Transform");
  if (!found)
    return std::nullopt;
  if (!found->is_object())
    from.refuse("Transform", "is no object");
  const auto name = from.name + ": Transform";
  const shape_source inside{*found, name};
  auto n = [&](const char* key) { return inside.number(key); };
  return metadata::affine{n("A00"), n("A10"), n("A01"), n("A11"), n("A02"), n("A12")};
}

metadata::shape_style style_in(const shape_source& from) {
  metadata::shape_style s;
  s.fill = color_in(from, "FillColor");
  s.stroke = color_in(from, "StrokeColor");
  s.stroke_width = quantity_in(from, "StrokeWidth");
  s.font_size = quantity_in(from, "FontSize");
  s.stroke_dashes = from.text("StrokeDashArray");
  s.fill_rule = from.text("FillRule");
  s.marker_start = from.text("MarkerStart");
  s.marker_end = from.text("MarkerEnd");
  s.font_family = from.text("FontFamily");
  s.font_style = from.text("FontStyle");
  return s;
}

} // namespace

metadata::shape shape_in(const json& body, const std::string& name) {
  if (!body.is_object())
    throw failure{errc::bad_request, name + " is no object"};
  const shape_source from{body, name};
  metadata::shape s;
  s.kind = kind_in(from);
  s.geometry = geometry_in(from, s.kind);
  s.z = plane_in(from, "TheZ");
  s.c = plane_in(from, "TheC");
  s.t = plane_in(from, "TheT");
  s.text = from.text("Text");
  const auto* locked = from.at("Locked");
  s.locked = locked && locked->is_boolean() && locked->get<bool>();
  s.transform = transform_in(from);
  s.style = style_in(from);
  return s;
}

} // namespace troupe::http::omero

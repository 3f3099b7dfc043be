#include "storage/formats/ome_shapes.hpp"

#include "storage/formats/limits.hpp"
#include "storage/formats/ome_bin_data.hpp"
#include "storage/formats/ome_units.hpp"
#include "storage/text.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

using metadata::shape;
using metadata::shape_kind;

constexpr double farthest = 1e9; // pixels

double coordinate(std::optional<double> value) {
  if (!value || !(std::abs(*value) <= farthest))
    throw bad_shape{"with an unusable coordinate"};
  return *value;
}

std::vector<double> attributes(const pugi::xml_node& node,
                               std::initializer_list<const char*> names) {
  std::vector<double> values;
  for (auto name : names)
    values.push_back(coordinate(xml::number(node, name)));
  return values;
}

/// "1,2 3,4"; older writers add "points[...]" around it, and further lists behind.
std::vector<double> points_of(std::string text) {
  if (const auto open = text.find('['); open != std::string::npos)
    text = text.substr(open + 1, text.find(']') - open - 1);
  std::vector<double> values;
  constexpr auto between = ", \t\r\n";
  for (size_t at = 0; (at = text.find_first_not_of(between, at)) != std::string::npos;) {
    const auto end = std::min(text.find_first_of(between, at), text.size());
    values.push_back(coordinate(xml::number_of(text.substr(at, end - at))));
    at = end;
  }
  if (values.empty() || values.size() % 2 != 0)
    throw bad_shape{"with an unusable list of points"};
  return values;
}

std::vector<double> geometry_of(const pugi::xml_node& node, shape_kind kind) {
  switch (kind) {
    case shape_kind::rectangle:
    case shape_kind::mask: return attributes(node, {"X", "Y", "Width", "Height"});
    case shape_kind::ellipse: return attributes(node, {"X", "Y", "RadiusX", "RadiusY"});
    case shape_kind::line: return attributes(node, {"X1", "Y1", "X2", "Y2"});
    case shape_kind::point:
    case shape_kind::label: return attributes(node, {"X", "Y"});
    case shape_kind::polyline:
    case shape_kind::polygon: return points_of(xml::text(node, "Points"));
  }
  return {};
}

/// Bits of a mask: as they are, or from a byte per pixel.
shared_bytes mask_of(const pugi::xml_node& node, const std::vector<double>& geometry) {
  const auto width = std::floor(geometry[2]), height = std::floor(geometry[3]);
  if (width < 1 || height < 1 || width * height > limits::max_mask_pixels)
    throw bad_shape{"of an impossible size"};
  const auto pixels = static_cast<size_t>(width * height);
  const auto data = bytes_of(xml::child(node, "BinData"), pixels + 1);
  if (data && data->size() == (pixels + 7) / 8)
    return shared_bytes{*data};
  if (!data || data->size() != pixels)
    throw bad_shape{fmt::format("of {} pixels without their bits", pixels)};
  std::vector<uint8_t> bits((pixels + 7) / 8);
  for (size_t i = 0; i < pixels; ++i)
    if ((*data)[i])
      bits[i / 8] = static_cast<uint8_t>(bits[i / 8] | 0x80 >> i % 8);
  return shared_bytes{std::move(bits)};
}

/// An element, or in older schemas "matrix(a b c d e f)".
std::optional<metadata::affine> transform_of(const pugi::xml_node& node,
                                             const pugi::xml_node& outer) {
  if (const auto matrix = xml::child(node, "Transform")) {
    const auto m = attributes(matrix, {"A00", "A10", "A01", "A11", "A02", "A12"});
    return metadata::affine{m[0], m[1], m[2], m[3], m[4], m[5]};
  }
  const auto text = xml::text(outer, "Transform");
  if (!text.starts_with("matrix("))
    return std::nullopt;
  const auto m = points_of(text.substr(7, text.find(')') - 7));
  if (m.size() != 6)
    throw bad_shape{"with an unusable transform"};
  return metadata::affine{m[0], m[1], m[2], m[3], m[4], m[5]};
}

std::optional<metadata::quantity> measure(const pugi::xml_node& node, const char* name,
                                          const char* unit) {
  const auto value = xml::number(node, name);
  const auto said = xml::text(node, fmt::format("{}Unit", name).c_str());
  return value ? std::optional{metadata::quantity{*value, said.empty() ? unit : said}}
               : std::nullopt;
}

std::optional<rgba> color(const pugi::xml_node& node, const char* name,
                          const char* once) {
  const auto now = color_of(xml::number(node, name));
  return now ? now : color_of(xml::number(node, once));
}

metadata::shape_style style_of(const pugi::xml_node& node, const pugi::xml_node& outer) {
  return {color(outer, "FillColor", "Fill"),
          color(outer, "StrokeColor", "Stroke"),
          measure(outer, "StrokeWidth", "pixel"),
          measure(outer, "FontSize", "pt"),
          xml::text(outer, "StrokeDashArray"),
          xml::text(outer, "FillRule"),
          xml::text(outer, "LineCap"),
          xml::text(node, "MarkerStart"),
          xml::text(node, "MarkerEnd"),
          xml::text(outer, "FontFamily"),
          xml::text(outer, "FontStyle")};
}

std::optional<int32_t> plane_of(const pugi::xml_node& node, const char* attribute) {
  const auto value = xml::small_whole(node, attribute);
  return value && *value >= 0 ? value : std::nullopt;
}

} // namespace

metadata::shape shape_of(const pugi::xml_node& node, const pugi::xml_node& outer) {
  const auto kind = metadata::shape_kind_of(xml::local_name(node));
  if (!kind)
    throw bad_shape{"of an unknown kind"};
  shape s;
  s.kind = *kind;
  s.z = plane_of(outer, "TheZ");
  s.c = plane_of(outer, "TheC");
  s.t = plane_of(outer, "TheT");
  s.geometry = geometry_of(node, *kind);
  if (*kind == shape_kind::mask)
    s.mask = mask_of(node, s.geometry);
  s.text = xml::text(outer, "Text");
  s.locked = xml::text(outer, "Locked") == "true";
  s.transform = transform_of(node, outer);
  s.style = style_of(node, outer);
  return s;
}

} // namespace troupe::formats

// Regions of interest as OME-XML.

#include "storage/export/ome_xml_parts.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace troupe::exports {
namespace {

using metadata::shape;
using metadata::shape_kind;

using names = std::vector<const char*>;

/// Attributes of the geometry, in its order; none for lists of points.
names names_of(shape_kind kind) {
  switch (kind) {
    case shape_kind::rectangle:
    case shape_kind::mask: return {"X", "Y", "Width", "Height"};
    case shape_kind::ellipse: return {"X", "Y", "RadiusX", "RadiusY"};
    case shape_kind::line: return {"X1", "Y1", "X2", "Y2"};
    case shape_kind::point:
    case shape_kind::label: return {"X", "Y"};
    case shape_kind::polyline:
    case shape_kind::polygon: break;
  }
  return {};
}

bool is_list(shape_kind kind) {
  return kind == shape_kind::polyline || kind == shape_kind::polygon;
}

bool is_written(const shape& s) {
  const auto& g = s.geometry;
  const auto fits = is_list(s.kind) ? g.size() >= 2 && g.size() % 2 == 0
                                    : g.size() == names_of(s.kind).size();
  return fits
         && std::all_of(g.begin(), g.end(), [](double x) { return std::isfinite(x); })
         && (s.kind != shape_kind::mask || s.mask.size() > 0);
}

void put_geometry(pugi::xml_node node, const shape& s) {
  const auto all = names_of(s.kind);
  for (size_t i = 0; i < all.size(); ++i)
    put(node, all[i], s.geometry[i]);
  if (!is_list(s.kind))
    return;
  std::string points;
  for (size_t i = 0; i + 1 < s.geometry.size(); i += 2)
    points += fmt::format("{}{},{}", i == 0 ? "" : " ", s.geometry[i], s.geometry[i + 1]);
  put(node, "Points", points);
}

/// A word of the schema's, or nothing.
void put_word(pugi::xml_node node, const char* name, const std::string& word,
              const names& known) {
  if (std::find(known.begin(), known.end(), word) != known.end())
    put(node, name, word);
}

void put_style(pugi::xml_node node, const shape& s) {
  const auto& style = s.style;
  if (style.fill)
    put(node, "FillColor", std::optional{color_number(*style.fill)});
  if (style.stroke)
    put(node, "StrokeColor", std::optional{color_number(*style.stroke)});
  put_word(node, "FillRule", style.fill_rule, {"EvenOdd", "NonZero"});
  put_length(node, "StrokeWidth", style.stroke_width);
  if (!style.stroke_dashes.empty())
    put(node, "StrokeDashArray", style.stroke_dashes);
  put_word(node, "FontFamily", style.font_family,
           {"serif", "sans-serif", "cursive", "fantasy", "monospace"});
  if (auto size = style.font_size; size && size->value >= 0 && size->value < 1e6) {
    size->value = std::round(size->value);
    put_length(node, "FontSize", size);
  }
  put_word(node, "FontStyle", style.font_style,
           {"Bold", "BoldItalic", "Italic", "Normal"});
  if (s.kind == shape_kind::line || s.kind == shape_kind::polyline) {
    put_word(node, "MarkerStart", style.marker_start, {"Arrow"});
    put_word(node, "MarkerEnd", style.marker_end, {"Arrow"});
  }
}

void put_transform(pugi::xml_node node, const metadata::affine& m) {
  auto transform = node.append_child("Transform");
  const std::pair<const char*, double> values[]{{"A00", m.a00}, {"A10", m.a10},
                                                {"A01", m.a01}, {"A11", m.a11},
                                                {"A02", m.a02}, {"A12", m.a12}};
  for (auto& [name, value] : values)
    put(transform, name, value);
}

bool is_finite(const metadata::affine& m) {
  return std::isfinite(m.a00 + m.a10 + m.a01 + m.a11 + m.a02 + m.a12);
}

void write_shape(pugi::xml_node parent, const shape& s, const std::string& id,
                 const annotation_ids& ids) {
  auto node = parent.append_child(std::string{metadata::name_of(s.kind)}.c_str());
  put(node, "ID", id);
  put_geometry(node, s);
  put_style(node, s);
  if (!s.text.empty())
    put(node, "Text", s.text);
  if (s.locked)
    node.append_attribute("Locked") = true;
  put(node, "TheZ", s.z);
  put(node, "TheT", s.t);
  put(node, "TheC", s.c);
  if (s.transform && is_finite(*s.transform))
    put_transform(node, *s.transform);
  ids.refer(node, s.annotations);
  if (s.kind == shape_kind::mask)
    put_bytes(node, s.mask);
}

} // namespace

bool is_written(const metadata::roi& r) {
  return std::any_of(r.shapes.begin(), r.shapes.end(),
                     [](const shape& s) { return is_written(s); });
}

std::string roi_id(size_t index) {
  return fmt::format("ROI:{}", index);
}

void write_rois(pugi::xml_node ome, const metadata::document& about,
                const annotation_ids& ids) {
  for (size_t i = 0; i < about.rois.size(); ++i) {
    const auto& r = about.rois[i];
    if (!is_written(r))
      continue;
    auto node = ome.append_child("ROI");
    put(node, "ID", roi_id(i));
    if (!r.name.empty())
      put(node, "Name", r.name);
    auto all = node.append_child("Union");
    for (size_t n = 0; n < r.shapes.size(); ++n)
      if (is_written(r.shapes[n]))
        write_shape(all, r.shapes[n], fmt::format("Shape:{}:{}", i, n), ids);
    ids.refer(node, r.annotations);
    if (!r.description.empty())
      put_element(node, "Description", r.description);
  }
}

} // namespace troupe::exports

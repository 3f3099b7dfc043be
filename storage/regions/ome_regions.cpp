#include "storage/regions/ome_regions.hpp"

#include "storage/base64.hpp"
#include "storage/failure.hpp"
#include "storage/formats/ome_reading.hpp"
#include "storage/formats/own_ome_xml.hpp"
#include "storage/regions/colours.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <sstream>

namespace troupe::regions {
namespace {

namespace xml = formats::xml;
using metadata::shape;
using metadata::shape_kind;

/// IDs of the first image's regions; empty without images or references.
std::set<std::string> drawn_on_first(const pugi::xml_node& root) {
  std::set<std::string> ids;
  for (auto& ref : xml::children(xml::child(root, "Image"), "ROIRef"))
    ids.insert(xml::text(ref, "ID"));
  return ids;
}

std::string points_text(const std::vector<double>& g) {
  std::string out;
  for (size_t i = 0; i + 1 < g.size(); i += 2)
    out += fmt::format("{}{},{}", i ? " " : "", g[i], g[i + 1]);
  return out;
}

void put(pugi::xml_node node, const char* name, double value) {
  node.append_attribute(name) = fmt::format("{}", value).c_str();
}

void put(pugi::xml_node node, const char* name, const std::string& text) {
  if (!text.empty())
    node.append_attribute(name) = clean_text(text).c_str();
}

/// Only words that the schema knows.
void put_word(pugi::xml_node node, const char* name, const std::string& word,
              std::initializer_list<std::string_view> known) {
  if (std::find(known.begin(), known.end(), word) != known.end())
    node.append_attribute(name) = word.c_str();
}

void put(pugi::xml_node node, const char* name, const std::optional<rgba>& color) {
  if (color)
    node.append_attribute(name) = static_cast<int32_t>(number_of(*color));
}

void put(pugi::xml_node node, const char* name,
         const std::optional<metadata::quantity>& q) {
  if (!q)
    return;
  put(node, name, q->value);
  put(node, fmt::format("{}Unit", name).c_str(), q->unit);
}

void put_geometry(pugi::xml_node node, const shape& s) {
  auto attributes = [&](std::initializer_list<const char*> names) {
    auto value = s.geometry.begin();
    for (auto name : names)
      put(node, name, *value++);
  };
  switch (s.kind) {
    case shape_kind::rectangle:
    case shape_kind::mask: return attributes({"X", "Y", "Width", "Height"});
    case shape_kind::ellipse: return attributes({"X", "Y", "RadiusX", "RadiusY"});
    case shape_kind::line: return attributes({"X1", "Y1", "X2", "Y2"});
    case shape_kind::point:
    case shape_kind::label: return attributes({"X", "Y"});
    default: put(node, "Points", points_text(s.geometry));
  }
}

void put_style(pugi::xml_node node, const shape& s) {
  const auto& style = s.style;
  put(node, "FillColor", style.fill);
  put_word(node, "FillRule", style.fill_rule, {"EvenOdd", "NonZero"});
  put(node, "StrokeColor", style.stroke);
  put(node, "StrokeWidth", style.stroke_width);
  put(node, "StrokeDashArray", style.stroke_dashes);
  put(node, "Text", s.text);
  put_word(node, "FontFamily", style.font_family,
           {"serif", "sans-serif", "cursive", "fantasy", "monospace"});
  put(node, "FontSize", style.font_size);
  put_word(node, "FontStyle", style.font_style,
           {"Normal", "Bold", "Italic", "BoldItalic"});
  if (s.kind == shape_kind::line || s.kind == shape_kind::polyline) {
    put_word(node, "MarkerStart", style.marker_start, {"Arrow"});
    put_word(node, "MarkerEnd", style.marker_end, {"Arrow"});
  }
  if (s.locked)
    node.append_attribute("Locked") = true;
}

void put_plane(pugi::xml_node node, const shape& s) {
  for (auto [name, at] :
       {std::pair{"TheZ", s.z}, std::pair{"TheT", s.t}, std::pair{"TheC", s.c}})
    if (at)
      node.append_attribute(name) = *at;
}

void append_shape(pugi::xml_node all, const shape& s, size_t roi, size_t index) {
  auto node = all.append_child(std::string{metadata::name_of(s.kind)}.c_str());
  node.append_attribute("ID") = fmt::format("Shape:{}:{}", roi, index).c_str();
  put_style(node, s);
  put_plane(node, s);
  put_geometry(node, s);
  if (const auto& m = s.transform) {
    auto transform = node.append_child("Transform");
    for (auto [name, value] :
         {std::pair{"A00", m->a00}, std::pair{"A10", m->a10}, std::pair{"A01", m->a01},
          std::pair{"A11", m->a11}, std::pair{"A02", m->a02}, std::pair{"A12", m->a12}})
      put(transform, name, value);
  }
  if (s.kind != shape_kind::mask)
    return;
  auto data = node.append_child("BinData");
  const auto text = to_base64({s.mask.data(), s.mask.size()});
  data.append_attribute("BigEndian") = false;
  data.append_attribute("Length") = text.size();
  data.text() = text.c_str();
}

} // namespace

bool is_ome_regions(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF"))
    bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n");
  return first != bytes.npos && bytes[first] == '<';
}

found_regions read_ome_regions(std::string_view bytes, const dimensions&) {
  pugi::xml_document parsed;
  xml::load(parsed, std::string{bytes});
  const auto root = parsed.document_element();
  if (xml::local_name(root) != "OME")
    throw failure{errc::bad_request, "the XML does not start with an OME element"};
  formats::ome_reading reading;
  metadata::document about;
  formats::read_rois(root, reading, about);
  const auto wanted = drawn_on_first(root);
  const bool all = wanted.empty() || xml::children(root, "Image").size() < 2;
  found_regions found;
  for (auto& roi : about.rois)
    if (all || wanted.contains(roi.id)) {
      roi.annotations.clear();
      found.rois.push_back(std::move(roi));
    }
  for (auto& w : reading.warnings)
    warn(found, w);
  return found;
}

void append_regions(pugi::xml_node ome, const std::vector<metadata::roi>& rois) {
  auto image = xml::child(ome, "Image");
  for (size_t i = 0; i < rois.size(); ++i) {
    const auto id = fmt::format("ROI:{}", i);
    image.append_child("ROIRef").append_attribute("ID") = id.c_str();
    auto node = ome.append_child("ROI");
    node.append_attribute("ID") = id.c_str();
    put(node, "Name", rois[i].name);
    auto all = node.append_child("Union");
    for (size_t n = 0; n < rois[i].shapes.size(); ++n)
      append_shape(all, rois[i].shapes[n], i, n);
    if (!rois[i].description.empty())
      node.append_child("Description").text() = clean_text(rois[i].description).c_str();
  }
}

std::string write_ome_regions(const drawing& d) {
  formats::series image;
  image.name = d.name;
  image.size = d.size;
  image.type = d.type;
  pugi::xml_document document;
  xml::load(document, formats::write_ome_xml(image));
  append_regions(document.document_element(), d.rois);
  std::ostringstream out;
  document.save(out, " ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

} // namespace troupe::regions

#include "http/roi_json.hpp"

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "storage/base64.hpp"
#include "storage/regions/colours.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cctype>
#include <charconv>
#include <cmath>

namespace troupe::http {

namespace {

using metadata::shape;

[[noreturn]] void refuse_field(const std::string& field, std::string_view what) {
  throw failure{errc::bad_request, fmt::format("{} {}", field, what)};
}

/// A member, or nothing when absent or null.
const json* member_of(const json& body, const char* name) {
  const auto found = body.find(name);
  return found == body.end() || found->is_null() ? nullptr : &*found;
}

std::vector<double> numbers_in(const json& list, const std::string& field, size_t most) {
  if (!list.is_array() || list.size() > most)
    refuse_field(field, fmt::format("is no list of at most {} numbers", most));
  std::vector<double> out;
  for (auto& n : list) {
    if (!n.is_number() || !std::isfinite(n.get<double>()))
      refuse_field(field, "holds something that is no number");
    out.push_back(n.get<double>());
  }
  return out;
}

std::string roi_text_in(const json& body, const char* name, const std::string& field) {
  const auto* found = member_of(body, name);
  if (found && !found->is_string())
    refuse_field(fmt::format("{}.{}", field, name), "is no text");
  return found ? found->get<std::string>() : "";
}

std::optional<int64_t> whole_in(const json& body, const char* name,
                                const std::string& field, int64_t least, int64_t most) {
  const auto* found = member_of(body, name);
  if (!found)
    return std::nullopt;
  if (!is_integer(*found) || found->get<int64_t>() < least
      || found->get<int64_t>() > most)
    refuse_field(fmt::format("{}.{}", field, name),
                 fmt::format("is no whole number from {} to {}", least, most));
  return found->get<int64_t>();
}

std::optional<int32_t> plane_in(const json& body, const char* name,
                                const std::string& field) {
  const auto at = whole_in(body, name, field, 0, INT32_MAX);
  return at ? std::optional{static_cast<int32_t>(*at)} : std::nullopt;
}

std::optional<rgba> color_member(const json& body, const char* name,
                                 const std::string& field) {
  const auto bits = whole_in(body, name, field, 0, UINT32_MAX);
  return bits ? std::optional{regions::color_of(static_cast<uint32_t>(*bits))}
              : std::nullopt;
}

std::optional<metadata::quantity> quantity_in(const json& style, const char* name,
                                              const std::string& field) {
  const auto* found = member_of(style, name);
  if (!found)
    return std::nullopt;
  const auto at = fmt::format("{}.{}", field, name);
  if (!found->is_object())
    refuse_field(at, "is no {value, unit}");
  const auto* value = member_of(*found, "value");
  if (!value || !value->is_number() || !std::isfinite(value->get<double>())
      || value->get<double>() < 0)
    refuse_field(at + ".value", "is no number from 0");
  return metadata::quantity{value->get<double>(), roi_text_in(*found, "unit", at)};
}

metadata::shape_style style_in(const json& body, const std::string& field) {
  metadata::shape_style s;
  s.fill = color_member(body, "fill", field);
  s.stroke = color_member(body, "stroke", field);
  const auto* style = member_of(body, "style");
  if (!style)
    return s;
  const auto at = field + ".style";
  if (!style->is_object())
    refuse_field(at, "is no object");
  s.stroke_width = quantity_in(*style, "strokeWidth", at);
  s.font_size = quantity_in(*style, "fontSize", at);
  s.stroke_dashes = roi_text_in(*style, "strokeDashes", at);
  s.fill_rule = roi_text_in(*style, "fillRule", at);
  s.line_cap = roi_text_in(*style, "lineCap", at);
  s.marker_start = roi_text_in(*style, "markerStart", at);
  s.marker_end = roi_text_in(*style, "markerEnd", at);
  s.font_family = roi_text_in(*style, "fontFamily", at);
  s.font_style = roi_text_in(*style, "fontStyle", at);
  return s;
}

std::optional<metadata::affine> transform_in(const json& body, const std::string& field) {
  const auto* found = member_of(body, "transform");
  if (!found)
    return std::nullopt;
  const auto m = numbers_in(*found, field + ".transform", 6);
  if (m.size() != 6)
    refuse_field(field + ".transform",
                 "is not six numbers: a00, a10, a01, a11, a02, a12");
  return metadata::affine{m[0], m[1], m[2], m[3], m[4], m[5]};
}

metadata::shape_kind kind_in(const json& body, const std::string& field) {
  auto name = roi_text_in(body, "kind", field);
  const auto said = name;
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  const auto kind = metadata::shape_kind_of(name);
  if (!kind || said == name)
    refuse_field(field + ".kind", "is not one of rectangle, ellipse, point, line, "
                                  "polyline, polygon, label, mask");
  return *kind;
}

shared_bytes mask_in(const json& body, const std::string& field) {
  auto bits = from_base64(roi_text_in(body, "mask", field));
  if (!bits)
    refuse_field(field + ".mask", "is no base64");
  return bits->empty() ? shared_bytes{} : shared_bytes{std::move(*bits)};
}

/// Calls add(item, its name) for each of a list that may be absent.
template <class Add>
void each_in(const json& body, const char* name, const std::string& field, size_t most,
             Add add) {
  const auto* list = member_of(body, name);
  if (!list)
    return;
  const auto at = field.empty() ? std::string{name} : fmt::format("{}.{}", field, name);
  if (!list->is_array())
    refuse_field(at, "is no list");
  if (list->size() > most)
    throw failure{errc::too_large,
                  fmt::format("{} has {} entries, at most {}", at, list->size(), most)};
  for (size_t i = 0; i < list->size(); ++i)
    add((*list)[i], fmt::format("{}[{}]", at, i));
}

const json& object_in(const json& value, const std::string& field) {
  if (!value.is_object())
    refuse_field(field, "is no object");
  return value;
}

shape_edit edit_in(const json& value, const std::string& field) {
  return {whole_in(object_in(value, field), "id", field, 1, INT64_MAX),
          drawn_shape_in(value, field)};
}

int64_t id_of(const json& value, const std::string& field) {
  const auto id = whole_in(object_in(value, field), "id", field, 1, INT64_MAX);
  if (!id)
    refuse_field(field, "has no id");
  return *id;
}

std::optional<int32_t> version_in(const json& body, const std::string& field) {
  const auto version = whole_in(body, "version", field, 1, INT32_MAX);
  return version ? std::optional{static_cast<int32_t>(*version)} : std::nullopt;
}

std::optional<std::string> words_if(const json& body, const char* name,
                                    const std::string& field) {
  return member_of(body, name) ? std::optional{roi_text_in(body, name, field)}
                               : std::nullopt;
}

} // namespace

shape drawn_shape_in(const json& value, const std::string& field) {
  const auto& body = object_in(value, field);
  shape s;
  s.kind = kind_in(body, field);
  const auto* geometry = member_of(body, "geometry");
  if (!geometry)
    refuse_field(field + ".geometry", "is missing");
  s.geometry =
    numbers_in(*geometry, field + ".geometry", 2 * regions::limits::most_points);
  s.z = plane_in(body, "z", field);
  s.c = plane_in(body, "c", field);
  s.t = plane_in(body, "t", field);
  s.transform = transform_in(body, field);
  s.mask = mask_in(body, field);
  s.text = roi_text_in(body, "text", field);
  if (const auto* locked = member_of(body, "locked")) {
    if (!locked->is_boolean())
      refuse_field(field + ".locked", "is not true or false");
    s.locked = locked->get<bool>();
  }
  s.style = style_in(body, field);
  return s;
}

metadata::roi roi_in(const json& value, const std::string& field) {
  const auto& body = object_in(value, field);
  metadata::roi r;
  r.name = roi_text_in(body, "name", field);
  r.description = roi_text_in(body, "description", field);
  each_in(body, "shapes", field, regions::limits::most_shapes,
          [&](const json& s, const std::string& at) {
            r.shapes.push_back(drawn_shape_in(s, at));
          });
  if (r.shapes.empty())
    refuse_field(field + ".shapes", "is missing or empty");
  return r;
}

std::vector<metadata::roi> rois_in(const json& body, const char* name) {
  std::vector<metadata::roi> out;
  each_in(body, name, "", regions::limits::most_rois,
          [&](const json& r, const std::string& at) { out.push_back(roi_in(r, at)); });
  return out;
}

region_change region_change_in(const json& value, const std::string& field) {
  const auto& body = object_in(value, field);
  region_change c;
  c.version = version_in(body, field);
  c.name = words_if(body, "name", field);
  c.description = words_if(body, "description", field);
  c.only_put = member_of(body, "shapes") != nullptr;
  if (c.only_put && (member_of(body, "put") || member_of(body, "drop")))
    refuse_field(field, "has shapes, which are all there are, so neither put nor drop");
  for (auto name : {"shapes", "put"})
    each_in(
      body, name, field, regions::limits::most_shapes,
      [&](const json& s, const std::string& at) { c.put.push_back(edit_in(s, at)); });
  each_in(body, "drop", field, regions::limits::most_shapes,
          [&](const json& id, const std::string& at) {
            if (!is_integer(id))
              refuse_field(at, "is no id");
            c.drop.push_back(id.get<int64_t>());
          });
  return c;
}

draw_regions drawing_in(const json& body) {
  draw_regions m{.create = rois_in(body, "create"), .create_field = "create"};
  if (const auto image = integer_if(body, "image"))
    m.image = *image;
  else if (!m.create.empty())
    refuse_field("image", "is missing: what is created is drawn on it");
  each_in(body, "change", "", regions::limits::most_rois,
          [&](const json& value, const std::string& at) {
            auto c = region_change_in(value, at);
            c.id = id_of(value, at);
            m.change.push_back(std::move(c));
          });
  each_in(body, "delete", "", most_objects,
          [&](const json& value, const std::string& at) {
            m.remove.push_back({id_of(value, at), version_in(value, at)});
          });
  return m;
}

std::optional<int32_t> expected_version(const web_request& in) {
  auto text = in.header("if-match");
  if (text.empty() || text == "*")
    return std::nullopt;
  if (text.size() > 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  int32_t version = 0;
  const auto [end, error] =
    std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc{} || end != text.data() + text.size() || version < 1)
    throw failure{errc::bad_request, "If-Match is no version"};
  return version;
}

json json_of(const drawn_region& r) {
  return {{"id", r.id}, {"version", r.version}, {"shapes", r.shapes}};
}

web_response encode(const drawn_regions& r) {
  auto list = [](const std::vector<drawn_region>& all) {
    auto out = json::array();
    for (auto& x : all)
      out.push_back(json_of(x));
    return out;
  };
  auto refused = json::array();
  for (auto& x : r.refused)
    refused.push_back({{"id", x.id}, {"reason", x.reason}, {"error", to_string(x.why)}});
  return document({{"created", list(r.created)},
                   {"changed", list(r.changed)},
                   {"deleted", r.deleted},
                   {"trash", r.trash ? json(r.trash) : json{}},
                   {"refused", refused}});
}

} // namespace troupe::http

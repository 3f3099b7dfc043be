#include "storage/regions/areas.hpp"
#include "storage/regions/geojson.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace troupe::regions {
namespace {

using metadata::shape;
using metadata::shape_kind;
using nlohmann::json;

json position(const measurement::point& p) {
  return json::array({p.x, p.y});
}

json positions(const ring& r) {
  auto list = json::array();
  for (auto& p : r)
    list.push_back(position(p));
  return list;
}

json closed(const ring& r) {
  auto list = positions(r);
  list.push_back(list.front());
  return list;
}

json rings(const area& a) {
  auto list = json::array({closed(a.outer)});
  for (auto& hole : a.holes)
    list.push_back(closed(hole));
  return list;
}

/// What one geometry can hold together.
const char* family_of(shape_kind kind) {
  switch (kind) {
    case shape_kind::ellipse: return "Ellipse";
    case shape_kind::point:
    case shape_kind::label: return "Point";
    case shape_kind::line:
    case shape_kind::polyline: return "LineString";
    default: return "Polygon";
  }
}

/// Null where the shape is on all planes.
json plane_of(const shape& s) {
  if (!s.z && !s.c && !s.t)
    return nullptr;
  return {{"c", s.c.value_or(-1)}, {"z", s.z.value_or(0)}, {"t", s.t.value_or(0)}};
}

json properties_of(const metadata::roi& roi, const shape& s) {
  json p{{"objectType", "annotation"}};
  if (!roi.name.empty())
    p["name"] = roi.name;
  if (!roi.description.empty())
    p["metadata"] = {{"ANNOTATION_DESCRIPTION", roi.description}};
  json color;
  if (const auto& c = s.style.stroke)
    color = {c->red, c->green, c->blue};
  if (!s.text.empty()) {
    p["classification"] = {{"name", s.text}};
    if (!color.is_null())
      p["classification"]["color"] = color;
  }
  if (!color.is_null())
    p["color"] = color;
  if (s.locked)
    p["isLocked"] = true;
  return p;
}

/// Shapes that make one feature.
struct group {
  std::string family;
  json properties, plane;
  json parts = json::array();
};

void add(group& g, const shape& s) {
  if (g.family == "Point")
    g.parts.push_back(position({s.geometry[0], s.geometry[1]}));
  else if (g.family == "LineString")
    g.parts.push_back(positions(ring_of(s.geometry)));
  else
    for (auto& a : areas_of(s))
      g.parts.push_back(rings(a));
}

json feature_of(const group& g) {
  const bool is_ellipse = g.family == "Ellipse";
  const auto one = is_ellipse ? "Polygon" : g.family;
  json geometry;
  if (g.parts.size() == 1)
    geometry = {{"type", one}, {"coordinates", g.parts[0]}};
  else
    geometry = {{"type", "Multi" + one}, {"coordinates", g.parts}};
  if (is_ellipse)
    geometry["isEllipse"] = true;
  if (!g.plane.is_null())
    geometry["plane"] = g.plane;
  return {{"type", "Feature"}, {"geometry", geometry}, {"properties", g.properties}};
}

void add_features(const metadata::roi& roi, json& features) {
  std::vector<group> groups;
  std::map<std::string, size_t> known;
  for (auto& drawn : roi.shapes)
    for (auto& s : flattened(drawn)) {
      group g{family_of(s.kind), properties_of(roi, s), plane_of(s)};
      // Each ellipse for itself: the mark is the geometry's.
      auto key = g.family == "Ellipse"
                   ? fmt::format("Ellipse {}", groups.size())
                   : g.family
                       + g.properties.dump(-1, ' ', false, json::error_handler_t::replace)
                       + g.plane.dump();
      const auto [at, is_new] = known.emplace(std::move(key), groups.size());
      if (is_new)
        groups.push_back(std::move(g));
      add(groups[at->second], s);
    }
  for (auto& g : groups)
    if (!g.parts.empty()) // a mask without a set pixel
      features.push_back(feature_of(g));
}

} // namespace

std::string write_geojson(const drawing& d) {
  auto features = json::array();
  for (auto& roi : d.rois)
    add_features(roi, features);
  const json document{{"type", "FeatureCollection"}, {"features", std::move(features)}};
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace troupe::regions

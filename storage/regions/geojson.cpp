#include "storage/regions/geojson.hpp"

#include "storage/failure.hpp"
#include "storage/regions/areas.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace troupe::regions {
namespace {

using metadata::shape;
using metadata::shape_kind;
using nlohmann::json;

constexpr int deepest_geometry = 24;

[[noreturn]] void refuse(const std::string& at, std::string_view what) {
  throw failure{errc::bad_request, fmt::format("{} {}", at, what)};
}

/// A member, or null.
const json& member(const json& object, const char* name) {
  static const json none;
  if (!object.is_object())
    return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string text_of(const json& value) {
  return value.is_string() ? clean_text(value.get<std::string>(), 10'000) : "";
}

measurement::point point_of(const json& value, const std::string& at) {
  if (!value.is_array() || value.size() < 2 || !value[0].is_number()
      || !value[1].is_number())
    refuse(at, "is no position [x, y]");
  return {value[0].get<double>(), value[1].get<double>()};
}

ring points_of(const json& value, const std::string& at) {
  if (!value.is_array() || value.size() > limits::most_points)
    refuse(at, fmt::format("is no list of at most {} positions", limits::most_points));
  ring r;
  for (auto& p : value)
    r.push_back(point_of(p, at));
  return r;
}

const json& list_of(const json& value, const std::string& at) {
  if (!value.is_array() || value.size() > limits::most_shapes)
    refuse(at, "is no list, or too long");
  return value;
}

ring open_ring(const json& value, const std::string& at) {
  auto r = points_of(value, at);
  if (r.size() > 1 && r.front().x == r.back().x && r.front().y == r.back().y)
    r.pop_back();
  if (r.size() < 3)
    refuse(at, "is no ring: it needs three corners");
  return r;
}

bool is_upright_rectangle(const ring& r) {
  if (r.size() != 4)
    return false;
  auto along = [&](bool x_first) {
    for (size_t i = 0; i < 4; ++i) {
      const auto& a = r[i];
      const auto& b = r[(i + 1) % 4];
      if ((i % 2 == 0) == x_first ? a.y != b.y : a.x != b.x)
        return false;
    }
    return true;
  };
  return along(true) || along(false);
}

/// Left, top, width and height.
std::vector<double> box_of(const ring& r) {
  auto [left, right] = std::ranges::minmax(r, {}, &measurement::point::x);
  auto [top, bottom] = std::ranges::minmax(r, {}, &measurement::point::y);
  return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

/// Reads one feature's geometry into shapes that have its style and plane already.
class geometry_reader {
public:
  geometry_reader(shape style, std::string at, std::vector<shape>& into)
    : style_{std::move(style)},
      at_{std::move(at)},
      into_{into} {}

  void read(const json& geometry) {
    if (!geometry.is_object())
      refuse(at_, "is no geometry");
    const auto type = text_of(member(geometry, "type"));
    const auto& places = member(geometry, "coordinates");
    const auto where = at_ + ".coordinates";
    if (type == "Point")
      add_points({point_of(places, where)});
    else if (type == "MultiPoint")
      add_points(points_of(places, where));
    else if (type == "LineString")
      add_line(places, where);
    else if (type == "MultiLineString")
      for (auto& line : list_of(places, where))
        add_line(line, where);
    else if (type == "Polygon")
      add_polygon(places, where, member(geometry, "isEllipse") == true);
    else if (type == "MultiPolygon")
      for (auto& polygon : list_of(places, where))
        add_polygon(polygon, where, false);
    else if (type == "GeometryCollection")
      for (auto& inner : list_of(member(geometry, "geometries"), at_ + ".geometries"))
        read(inner); // as deep as the text may be
    else
      refuse(at_, fmt::format("has the unknown type \"{}\"", type.substr(0, 40)));
  }

private:
  void add(shape_kind kind, std::vector<double> geometry) {
    auto s = style_;
    s.kind = kind;
    s.geometry = std::move(geometry);
    into_.push_back(std::move(s));
  }
  void add_points(const ring& points) {
    for (auto& p : points)
      add(shape_kind::point, {p.x, p.y});
  }
  void add_line(const json& places, const std::string& where) {
    const auto points = points_of(places, where);
    if (points.size() < 2)
      refuse(where, "is no line: it needs two positions");
    add(points.size() == 2 ? shape_kind::line : shape_kind::polyline,
        geometry_of(points));
  }
  void add_polygon(const json& rings, const std::string& where, bool is_ellipse) {
    if (!rings.is_array() || rings.empty())
      refuse(where, "is no list of rings");
    area a{open_ring(rings[0], where), {}};
    for (size_t i = 1; i < rings.size(); ++i)
      a.holes.push_back(open_ring(rings[i], where));
    const auto box = box_of(a.outer);
    if (is_ellipse && a.holes.empty())
      return add(shape_kind::ellipse,
                 {box[0] + box[2] / 2, box[1] + box[3] / 2, box[2] / 2, box[3] / 2});
    if (a.holes.empty() && is_upright_rectangle(a.outer))
      return add(shape_kind::rectangle, box);
    add(shape_kind::polygon, geometry_of(with_bridges(a)));
  }

  shape style_;
  std::string at_;
  std::vector<shape>& into_;
};

/// [r, g, b], or in older versions a signed 0xAARRGGBB.
std::optional<rgba> color_in(const json& object) {
  const auto& list = member(object, "color");
  if (list.is_array() && list.size() >= 3) {
    uint8_t parts[3];
    for (size_t i = 0; i < 3; ++i) {
      if (!list[i].is_number())
        return std::nullopt;
      const auto part = list[i].get<double>();
      if (!(part >= 0 && part <= 255))
        return std::nullopt;
      parts[i] = static_cast<uint8_t>(part);
    }
    return rgba{parts[0], parts[1], parts[2], 255};
  }
  const auto& packed = member(object, "colorRGB");
  if (!packed.is_number_integer())
    return std::nullopt;
  const auto bits = static_cast<uint32_t>(packed.get<int64_t>());
  return rgba{static_cast<uint8_t>(bits >> 16), static_cast<uint8_t>(bits >> 8),
              static_cast<uint8_t>(bits), 255};
}

/// Below 0 stands for all.
std::optional<int32_t> place_in(const json& plane, const char* axis,
                                const std::string& at) {
  const auto& value = member(plane, axis);
  if (value.is_null())
    return std::nullopt;
  if (!value.is_number() || !(std::abs(value.get<double>()) < 1e9))
    refuse(at, fmt::format(".plane.{} is no number", axis));
  const auto place = static_cast<int32_t>(value.get<double>());
  return place < 0 ? std::nullopt : std::optional{place};
}

metadata::roi region_of(const json& feature, const std::string& at) {
  const auto& properties = member(feature, "properties");
  const auto& classified = member(properties, "classification");
  metadata::roi roi;
  roi.name = text_of(member(properties, "name")).substr(0, 1000);
  roi.description =
    text_of(member(member(properties, "metadata"), "ANNOTATION_DESCRIPTION"));
  shape style;
  style.text = text_of(member(classified, "name"));
  style.locked = member(properties, "isLocked") == true;
  style.style.stroke = color_in(properties);
  if (!style.style.stroke)
    style.style.stroke = color_in(classified);
  const auto& geometry = member(feature, "geometry");
  const auto& plane = member(geometry, "plane");
  style.z = place_in(plane, "z", at);
  style.c = place_in(plane, "c", at);
  style.t = place_in(plane, "t", at);
  geometry_reader{style, at + ".geometry", roi.shapes}.read(geometry);
  return roi;
}

json parsed(std::string_view bytes) {
  // A number takes eight times its text: more than can be kept is not held either.
  size_t values = 0;
  const auto shallow = [&values](int depth, json::parse_event_t event, json&) {
    if (depth > deepest_geometry)
      throw failure{errc::bad_request, "the GeoJSON is nested too deep"};
    if (event == json::parse_event_t::value && ++values > 2 * limits::most_numbers)
      throw failure{errc::too_large, "the GeoJSON holds too many numbers"};
    return true;
  };
  try {
    return json::parse(bytes, shallow);
  } catch (const json::parse_error& e) {
    throw failure{errc::bad_request,
                  fmt::format("the GeoJSON is not well-formed at byte {}", e.byte)};
  } catch (const json::out_of_range&) {
    throw failure{errc::bad_request, "the GeoJSON holds a number that is too large"};
  }
}

} // namespace

bool is_geojson(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF"))
    bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n");
  return first != bytes.npos && (bytes[first] == '{' || bytes[first] == '[');
}

found_regions read_geojson(std::string_view bytes, const dimensions&) {
  const auto document = parsed(bytes);
  const auto type = text_of(member(document, "type"));
  found_regions found;
  auto add = [&](const json& feature, const std::string& at) {
    if (!feature.is_object())
      refuse(at, "is no feature");
    if (member(feature, "geometry").is_null())
      return warn(found, at + " has no geometry");
    found.rois.push_back(region_of(feature, at));
  };
  if (type == "Feature") {
    add(document, "feature");
    return found;
  }
  if (document.is_object() && type != "FeatureCollection") {
    add({{"geometry", document}}, "geometry");
    return found;
  }
  const auto& features =
    document.is_array() ? document : list_of(member(document, "features"), "features");
  if (features.size() > limits::most_rois)
    throw failure{errc::too_large, fmt::format("{} features, at most {}", features.size(),
                                               limits::most_rois)};
  for (size_t i = 0; i < features.size(); ++i)
    add(features[i], fmt::format("features[{}]", i));
  return found;
}

} // namespace troupe::regions

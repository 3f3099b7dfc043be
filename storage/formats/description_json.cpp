#include "storage/formats/description_json.hpp"

#include "storage/failure.hpp"
#include "storage/metadata/document_json.hpp"

#include <cmath>
#include <limits>

namespace troupe::formats {

using nlohmann::json;

json number_in_json(double v) {
  if (std::isnan(v))
    return "nan";
  if (std::isinf(v))
    return v > 0 ? "inf" : "-inf";
  return v;
}

double number_of_json(const json& j) {
  if (j.is_number())
    return j.get<double>();
  constexpr auto infinity = std::numeric_limits<double>::infinity();
  const auto text = j.get<std::string>();
  return text == "inf" ? infinity : text == "-inf" ? -infinity : std::nan("");
}

namespace {

json of(const std::optional<double>& v) {
  return v ? number_in_json(*v) : json{};
}

std::optional<double> optional_of(const json& j) {
  return j.is_null() ? std::nullopt : std::optional{number_of_json(j)};
}

json of(const std::optional<quantity>& q) {
  return q ? json::array({number_in_json(q->value), q->unit}) : json{};
}

std::optional<quantity> quantity_of(const json& j) {
  if (j.is_null())
    return std::nullopt;
  return quantity{number_of_json(j.at(0)), j.at(1).get<std::string>()};
}

json of(const extent& e) {
  return json::array({e.width, e.height});
}

extent extent_of(const json& j) {
  return {j.at(0).get<int32_t>(), j.at(1).get<int32_t>()};
}

json of(const channel& c) {
  auto color = json{};
  if (c.color)
    color = json::array({c.color->red, c.color->green, c.color->blue, c.color->alpha});
  return {{"name", c.name},
          {"color", color},
          {"emission", of(c.emission)},
          {"excitation", of(c.excitation)}};
}

channel channel_of(const json& j) {
  channel c{j.at("name").get<std::string>(),
            {},
            optional_of(j.at("emission")),
            optional_of(j.at("excitation"))};
  if (const auto& color = j.at("color"); !color.is_null())
    c.color = rgba{color.at(0).get<uint8_t>(), color.at(1).get<uint8_t>(),
                   color.at(2).get<uint8_t>(), color.at(3).get<uint8_t>()};
  return c;
}

json of(const plane_fact& p) {
  return json::array(
    {p.z, p.c, p.t, of(p.delta_t), of(p.exposure), of(p.x), of(p.y), of(p.z_position)});
}

plane_fact plane_of(const json& j) {
  return {j.at(0).get<int32_t>(), j.at(1).get<int32_t>(), j.at(2).get<int32_t>(),
          optional_of(j.at(3)),   optional_of(j.at(4)),   optional_of(j.at(5)),
          optional_of(j.at(6)),   optional_of(j.at(7))};
}

json of(const series& s);

template <class T>
json list_of(const std::vector<T>& values) {
  auto list = json::array();
  for (auto& v : values)
    list.push_back(of(v));
  return list;
}

template <class T>
std::vector<T> values_of(const json& list, T (*read)(const json&)) {
  std::vector<T> values;
  for (auto& j : list)
    values.push_back(read(j));
  return values;
}

json of(const series& s) {
  return {{"name", s.name},
          {"description", s.description},
          {"size", {s.size.x, s.size.y, s.size.z, s.size.c, s.size.t}},
          {"type", name_of(s.type)},
          {"significant_bits", s.significant_bits},
          {"rgb", s.rgb},
          {"labels", s.labels},
          {"dimension_order", s.dimension_order},
          {"physical_x", of(s.physical_x)},
          {"physical_y", of(s.physical_y)},
          {"physical_z", of(s.physical_z)},
          {"time_increment", of(s.time_increment)},
          {"acquired", s.acquired},
          {"channels", list_of(s.channels)},
          {"levels", list_of(s.levels)},
          {"tile", of(s.tile)},
          {"planes", list_of(s.planes)}};
}

series series_of(const json& j) {
  series s;
  s.name = j.at("name").get<std::string>();
  s.description = j.at("description").get<std::string>();
  const auto& size = j.at("size");
  s.size = {size.at(0).get<int32_t>(), size.at(1).get<int32_t>(),
            size.at(2).get<int32_t>(), size.at(3).get<int32_t>(),
            size.at(4).get<int32_t>()};
  const auto type = pixel_type_of(j.at("type").get<std::string>());
  if (!type)
    throw failure{errc::internal, "an unknown pixel type"};
  s.type = *type;
  s.significant_bits = j.at("significant_bits").get<int32_t>();
  s.rgb = j.at("rgb").get<bool>();
  s.labels = j.at("labels").get<bool>();
  s.dimension_order = j.at("dimension_order").get<std::string>();
  s.physical_x = quantity_of(j.at("physical_x"));
  s.physical_y = quantity_of(j.at("physical_y"));
  s.physical_z = quantity_of(j.at("physical_z"));
  s.time_increment = quantity_of(j.at("time_increment"));
  s.acquired = j.at("acquired").get<std::string>();
  s.channels = values_of(j.at("channels"), channel_of);
  s.levels = values_of(j.at("levels"), extent_of);
  s.tile = extent_of(j.at("tile"));
  s.planes = values_of(j.at("planes"), plane_of);
  return s;
}

} // namespace

json to_json(const description& d) {
  return {{"format", d.format}, {"images", list_of(d.images)}, {"facts", d.facts},
          {"files", d.files},   {"warnings", d.warnings},      {"about", d.about}};
}

description description_of_json(const json& j) {
  description d;
  d.format = j.at("format").get<std::string>();
  d.images = values_of(j.at("images"), series_of);
  d.facts = j.at("facts").get<decltype(d.facts)>();
  d.files = j.at("files").get<decltype(d.files)>();
  d.warnings = j.at("warnings").get<decltype(d.warnings)>();
  d.about = j.at("about").get<metadata::document>();
  return d;
}

} // namespace troupe::formats

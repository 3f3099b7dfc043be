#include "storage/inspect/inspection_json.hpp"

#include "storage/failure.hpp"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace troupe {
namespace {

using formats::series;
using nlohmann::json;

json of(double v) {
  if (std::isnan(v))
    return "nan";
  if (std::isinf(v))
    return v > 0 ? "inf" : "-inf";
  return v;
}

double double_of(const json& j) {
  if (j.is_number())
    return j.get<double>();
  constexpr auto infinity = std::numeric_limits<double>::infinity();
  const auto text = j.get<std::string>();
  return text == "inf" ? infinity : text == "-inf" ? -infinity : std::nan("");
}

json of(const std::optional<double>& v) {
  return v ? of(*v) : json{};
}

std::optional<double> optional_of(const json& j) {
  return j.is_null() ? std::nullopt : std::optional{double_of(j)};
}

json of(const std::optional<formats::quantity>& q) {
  return q ? json::array({of(q->value), q->unit}) : json{};
}

std::optional<formats::quantity> quantity_of(const json& j) {
  if (j.is_null())
    return std::nullopt;
  return formats::quantity{double_of(j.at(0)), j.at(1).get<std::string>()};
}

json of(const extent& e) {
  return json::array({e.width, e.height});
}

extent extent_of(const json& j) {
  return {j.at(0).get<int32_t>(), j.at(1).get<int32_t>()};
}

json of(const formats::channel& c) {
  auto color = json{};
  if (c.color)
    color = json::array({c.color->red, c.color->green, c.color->blue, c.color->alpha});
  return {{"name", c.name},
          {"color", color},
          {"emission", of(c.emission)},
          {"excitation", of(c.excitation)}};
}

formats::channel channel_of(const json& j) {
  formats::channel c{j.at("name").get<std::string>(),
                     {},
                     optional_of(j.at("emission")),
                     optional_of(j.at("excitation"))};
  if (const auto& color = j.at("color"); !color.is_null())
    c.color = rgba{color.at(0).get<uint8_t>(), color.at(1).get<uint8_t>(),
                   color.at(2).get<uint8_t>(), color.at(3).get<uint8_t>()};
  return c;
}

json of(const formats::plane_fact& p) {
  return json::array(
    {p.z, p.c, p.t, of(p.delta_t), of(p.exposure), of(p.x), of(p.y), of(p.z_position)});
}

formats::plane_fact plane_of(const json& j) {
  return {j.at(0).get<int32_t>(), j.at(1).get<int32_t>(), j.at(2).get<int32_t>(),
          optional_of(j.at(3)),   optional_of(j.at(4)),   optional_of(j.at(5)),
          optional_of(j.at(6)),   optional_of(j.at(7))};
}

json of(const series& s);
json of(const channel_range& r);
json of(const measured_series& m);

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

json of(const channel_range& r) {
  return json::array({of(r.min), of(r.max)});
}

json of(const measured_series& m) {
  return list_of(m.channels);
}

channel_range range_of_json(const json& j) {
  return {double_of(j.at(0)), double_of(j.at(1))};
}

measured_series measured_of(const json& j) {
  return {values_of(j, range_of_json)};
}

} // namespace

std::string to_json(const inspection& x) {
  const json all{{"format", x.what.format},
                 {"images", list_of(x.what.images)},
                 {"facts", x.what.facts},
                 {"measured", list_of(x.measured)},
                 {"estimated", list_of(x.estimated)}};
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

inspection inspection_of_json(const std::string& text) {
  try {
    const auto j = json::parse(text);
    inspection x;
    x.what.format = j.at("format").get<std::string>();
    x.what.images = values_of(j.at("images"), series_of);
    x.what.facts = j.at("facts").get<decltype(x.what.facts)>();
    x.measured = values_of(j.at("measured"), measured_of);
    x.estimated = values_of(j.at("estimated"), measured_of);
    return x;
  } catch (const json::exception& e) {
    throw failure{errc::internal,
                  std::string{"the answer of an inspection: "} + e.what()};
  }
}

} // namespace troupe

#include "http/open/zarr/image.hpp"

#include "actors/pictures.hpp"
#include "storage/formats/ome_zarr_axes.hpp"
#include "storage/render/draw.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace troupe::http::zarr {

namespace {

json axis_of(const char* name, const char* type,
             const std::optional<formats::quantity>& step) {
  json axis{{"name", name}, {"type", type}};
  if (step)
    if (const auto unit = formats::ome_zarr_unit(step->unit); !unit.empty())
      axis["unit"] = unit;
  return axis;
}

double step_of(const std::optional<formats::quantity>& q) {
  return q && std::isfinite(q->value) && q->value > 0 ? q->value : 1;
}

json dataset_of(const image_details& image, size_t level) {
  const auto size = image.levels[level];
  const auto& full = image.levels[0];
  const json scale{step_of(image.time_increment), 1.0, step_of(image.physical_z),
                   step_of(image.physical_y) * factor_of(full.height, size.height),
                   step_of(image.physical_x) * factor_of(full.width, size.width)};
  return {
    {"path", std::to_string(level)},
    {"coordinateTransformations", json::array({{{"type", "scale"}, {"scale", scale}}})}};
}

json omero_channel(const image_channel& c, const image_details& image) {
  const auto& s = c.settings;
  const auto [low, high] = render::range_of(image.entry.type, image.significant_bits);
  const auto finite = [](const std::optional<double>& n, double otherwise) {
    return n && std::isfinite(*n) ? *n : otherwise;
  };
  return {{"label", c.name.empty() ? fmt::format("Channel {}", s.index) : c.name},
          {"color",
           fmt::format("{:02X}{:02X}{:02X}", s.color.red, s.color.green, s.color.blue)},
          {"active", s.active},
          {"coefficient", s.coefficient},
          {"family", "linear"},
          {"inverted", s.inverted},
          {"window",
           {{"start", s.start},
            {"end", s.end},
            {"min", finite(c.min, low)},
            {"max", finite(c.max, high)}}}};
}

} // namespace

double factor_of(int32_t full, int32_t level) {
  const auto ratio = static_cast<double>(full) / level;
  const auto whole = std::round(ratio);
  return std::ceil(full / whole) == level || std::floor(full / whole) == level ? whole
                                                                               : ratio;
}

array_layout level_layout(dimensions full, extent level, extent own, pixel_type type) {
  const auto tile = tiles_of(own);
  return {{level.width, level.height, full.z, full.c, full.t},
          {std::min(tile.width, level.width), std::min(tile.height, level.height)},
          type};
}

json multiscales_of(const image_details& image, const std::string& name) {
  auto datasets = json::array();
  for (size_t level = 0; level < image.levels.size(); ++level)
    datasets.push_back(dataset_of(image, level));
  const json axes{axis_of("t", "time", image.time_increment), axis_of("c", "channel", {}),
                  axis_of("z", "space", image.physical_z),
                  axis_of("y", "space", image.physical_y),
                  axis_of("x", "space", image.physical_x)};
  return json::array(
    {{{"name", name}, {"axes", axes}, {"datasets", std::move(datasets)}}});
}

json omero_of(const image_details& image) {
  auto channels = json::array();
  for (auto& c : image.channels)
    channels.push_back(omero_channel(c, image));
  const auto model = image.model == render::model::color ? "color" : "greyscale";
  return {{"id", image.entry.id},
          {"name", image.entry.name},
          {"channels", std::move(channels)},
          {"rdefs",
           {{"model", model}, {"defaultZ", image.first.z}, {"defaultT", image.first.t}}}};
}

hierarchy image_hierarchy(const image_details& image, version v) {
  hierarchy all;
  all[""].attributes =
    ome_attributes(v, {{"multiscales", multiscales_of(image, image.entry.name)},
                       {"omero", omero_of(image)}});
  for (size_t level = 0; level < image.levels.size(); ++level)
    all[std::to_string(level)].array =
      level_layout(image.entry.size, image.levels[level], image.tile, image.entry.type);
  return all;
}

} // namespace troupe::http::zarr

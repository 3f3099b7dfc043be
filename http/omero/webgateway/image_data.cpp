#include "http/omero/webgateway/image_data.hpp"

#include "http/view_settings_json.hpp"
#include "schema/queries/batch.hpp"
#include "storage/formats/ome_units.hpp"
#include "storage/render/range.hpp"
#include "storage/render/split_view.hpp"

#include <fmt/format.h>

#include <map>

namespace troupe::http::omero {

namespace {

using parents = std::map<int64_t, named_parent>;

/// Clients know one container, or that there is not exactly one.
void put_only(json& meta, const std::string& kind, const parents& all) {
  const auto one = all.size() == 1 ? all.begin()->second : named_parent{0, "Multiple"};
  meta[kind + "Name"] = one.name;
  meta[kind + "Id"] = all.size() == 1 ? json(one.id) : json{};
  meta[kind + "Description"] = one.description;
}

void put_places(json& meta, const std::vector<image_details::place>& places) {
  parents datasets, projects;
  for (auto& place : places) {
    datasets.emplace(place.dataset.id, place.dataset);
    for (auto& p : place.projects)
      projects.emplace(p.id, p);
  }
  put_only(meta, "project", projects);
  put_only(meta, "dataset", datasets);
}

json meta_of(const image_details& x) {
  const auto& context = *x.context;
  json out{{"imageName", x.entry.name},
           {"imageDescription", x.description},
           {"imageAuthor", x.entry.owner.name},
           {"imageArchived", false},
           {"wellSampleId", ""},
           {"wellId", context.wells.empty() ? json("") : json(context.wells[0])},
           {"imageTimestamp", context.seconds},
           {"imageId", x.entry.id},
           {"pixelsType", name_of(x.entry.type)}};
  put_places(out, x.datasets);
  return out;
}

json perms_of(int32_t rights) {
  auto may = [&](right r) { return (rights & static_cast<int32_t>(r)) != 0; };
  return {{"canAnnotate", may(right::annotate)},
          {"canEdit", may(right::edit)},
          {"canDelete", may(right::remove)},
          {"canLink", may(right::link)}};
}

void put_levels(json& out, const image_details& x) {
  out["tiles"] = x.levels.size() > 1;
  if (x.levels.size() <= 1)
    return;
  const auto tile = tiles_of(x.tile);
  out["tile_size"] = {{"width", tile.width}, {"height", tile.height}};
  out["levels"] = x.levels.size();
  for (size_t i = 0; i < x.levels.size(); ++i) {
    const auto level = std::to_string(i);
    out["resolutions"][level] = {{"sizeX", x.levels[i].width},
                                 {"sizeY", x.levels[i].height}};
    out["zoomLevelScaling"][level] =
      static_cast<double>(x.levels[i].width) / x.levels[0].width;
  }
}

json micrometres(const std::optional<formats::quantity>& size) {
  const auto nm =
    size ? formats::in_nanometres(size->value, size->unit) : std::optional<double>{};
  return nm ? json(*nm / 1000) : json{};
}

std::string label_of(const image_channel& c) {
  if (!c.name.empty())
    return c.name;
  return c.emission ? fmt::format("{}", *c.emission) : std::to_string(c.settings.index);
}

json window_of(const image_channel& c, render::sample_range range) {
  return {{"min", c.min.value_or(range.first)},
          {"max", c.max.value_or(range.second)},
          {"start", c.settings.start},
          {"end", c.settings.end}};
}

json channel_of(const image_channel& c, render::sample_range range) {
  const auto& s = c.settings;
  json out{{"emissionWave", c.emission ? json(*c.emission) : json{}},
           {"label", label_of(c)},
           {"color",
            fmt::format("{:02X}{:02X}{:02X}", s.color.red, s.color.green, s.color.blue)},
           {"inverted", s.inverted},
           {"reverseIntensity", s.inverted},
           {"family", name_of(s.curve)},
           {"coefficient", s.coefficient},
           {"window", window_of(c, range)},
           {"active", s.active}};
  if (!s.lut.empty())
    out["lut"] = s.lut;
  return out;
}

json channels_of(const image_details& x) {
  const auto range = render::range_of(x.entry.type, x.significant_bits);
  auto out = json::array();
  for (auto& c : x.channels)
    out.push_back(channel_of(c, range));
  return out;
}

json split_of(const image_details& x, render::model model) {
  const auto l =
    render::split_layout_of({x.entry.size.x, x.entry.size.y}, x.entry.size.c, model);
  return {{"width", l.size.width},
          {"height", l.size.height},
          {"border", l.border},
          {"gridx", l.columns},
          {"gridy", l.rows}};
}

json rdefs_of(const image_details& x) {
  return {{"model", x.model == render::model::color ? "color" : "greyscale"},
          {"projection", "normal"},
          {"defaultZ", x.first.z},
          {"defaultT", x.first.t},
          {"invertAxis", false}};
}

void put_pixels(json& out, const image_details& x) {
  const auto& size = x.entry.size;
  put_levels(out, x);
  out["interpolate"] = true;
  out["init_zoom"] = 0;
  out["size"] = {
    {"width", size.x}, {"height", size.y}, {"z", size.z}, {"t", size.t}, {"c", size.c}};
  out["pixel_size"] = {{"x", micrometres(x.physical_x)},
                       {"y", micrometres(x.physical_y)},
                       {"z", micrometres(x.physical_z)}};
  if (auto power = x.context->magnification)
    out["nominalMagnification"] = *power;
  out["pixel_range"] = pixel_range(x.entry.type);
  out["channels"] = channels_of(x);
  out["split_channel"] = {{"g", split_of(x, render::model::greyscale)},
                          {"c", split_of(x, render::model::color)}};
  out["rdefs"] = rdefs_of(x);
}

void show_as_imported(call& c, image_details& x) {
  const auto first = c.ask_room(
    find_settings{.image = x.entry.id, .as = settings_choice{settings_preset::imported}});
  x.model = first.settings.model;
  x.first = first.at;
  for (auto& s : first.settings.channels)
    x.channels.at(static_cast<size_t>(s.index)).settings = s;
}

} // namespace

json pixel_range(pixel_type type) {
  const auto is_signed =
    type == pixel_type::int8 || type == pixel_type::int16 || type == pixel_type::int32;
  const auto bits = static_cast<int>(std::min<size_t>(bytes_of(type), 4)) * 8;
  const auto span = int64_t{1} << bits;
  if (is_signed)
    return {-span / 2, span / 2 - 1};
  return {0, span - 1};
}

json image_data(const image_details& x) {
  json out{
    {"id", x.entry.id}, {"meta", meta_of(x)}, {"perms", perms_of(x.context->rights)}};
  if (x.entry.state == image_state::damaged)
    out["Exception"] = x.error;
  else
    put_pixels(out, x);
  return out;
}

json image_data(call& c, int64_t image, bool defaults) {
  auto x = c.ask(find_image{.image = image, .with_context = true});
  if (defaults)
    show_as_imported(c, x);
  return image_data(x);
}

} // namespace troupe::http::omero

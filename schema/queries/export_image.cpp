// An image with its regions and annotations, as a file could say it.

#include "schema/queries/batch.hpp"
#include "schema/queries/download_rows.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/metadata.hpp"
#include "schema/queries/rows.hpp"
#include "storage/base64.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace troupe {

namespace {

using nlohmann::json;

/// Where annotations are put, by kind and id of the object they are on.
using annotated_objects =
  std::map<std::pair<std::string, int64_t>, std::vector<int32_t>*>;

std::string json_text(const json& from, const char* name) {
  const auto found = from.find(name);
  return found != from.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<int32_t> json_index(const json& from, const char* name) {
  const auto found = from.find(name);
  return found != from.end() && found->is_number_integer()
           ? std::optional{found->get<int32_t>()}
           : std::nullopt;
}

std::optional<rgba> json_color(const json& from, const char* name) {
  const auto found = from.find(name);
  if (found == from.end() || !found->is_number_integer())
    return std::nullopt;
  const auto bits = static_cast<uint32_t>(found->get<int64_t>());
  return rgba{static_cast<uint8_t>(bits >> 24), static_cast<uint8_t>(bits >> 16),
              static_cast<uint8_t>(bits >> 8), static_cast<uint8_t>(bits)};
}

std::optional<metadata::quantity> json_quantity(const json& from, const char* name) {
  const auto found = from.find(name);
  if (found == from.end() || !found->is_object() || !found->contains("value")
      || !found->at("value").is_number())
    return std::nullopt;
  return metadata::quantity{found->at("value").get<double>(), json_text(*found, "unit")};
}

/// Numbers of a list; what JSON has no number for ends it.
std::vector<double> json_numbers(const json& from, const char* name) {
  std::vector<double> out;
  const auto found = from.find(name);
  if (found != from.end() && found->is_array())
    for (auto& x : *found) {
      if (!x.is_number())
        return {};
      out.push_back(x.get<double>());
    }
  return out;
}

metadata::shape_style json_style(const json& shape) {
  const auto style = shape.value("style", json::object());
  return {json_color(shape, "fill"),           json_color(shape, "stroke"),
          json_quantity(style, "strokeWidth"), json_quantity(style, "fontSize"),
          json_text(style, "strokeDashes"),    json_text(style, "fillRule"),
          json_text(style, "lineCap"),         json_text(style, "markerStart"),
          json_text(style, "markerEnd"),       json_text(style, "fontFamily"),
          json_text(style, "fontStyle")};
}

metadata::shape json_shape(const json& from) {
  metadata::shape s;
  const std::map<std::string, metadata::shape_kind> kinds{
    {"rectangle", metadata::shape_kind::rectangle},
    {"ellipse", metadata::shape_kind::ellipse},
    {"point", metadata::shape_kind::point},
    {"line", metadata::shape_kind::line},
    {"polyline", metadata::shape_kind::polyline},
    {"polygon", metadata::shape_kind::polygon},
    {"label", metadata::shape_kind::label},
    {"mask", metadata::shape_kind::mask}};
  s.kind = kinds.at(json_text(from, "kind"));
  s.z = json_index(from, "z");
  s.c = json_index(from, "c");
  s.t = json_index(from, "t");
  s.geometry = json_numbers(from, "geometry");
  if (const auto m = json_numbers(from, "transform"); m.size() == 6)
    s.transform = metadata::affine{m[0], m[1], m[2], m[3], m[4], m[5]};
  if (auto bits = from_base64(json_text(from, "mask")); bits && !bits->empty())
    s.mask = shared_bytes{std::move(*bits)};
  s.text = json_text(from, "text");
  s.locked = from.value("locked", false);
  s.style = json_style(from);
  return s;
}

/// The regions; `ids` receives what list_rois calls them and their shapes, in order.
struct region_ids {
  std::vector<int64_t> rois;
  std::vector<std::vector<int64_t>> shapes;
};

std::vector<metadata::roi> regions_of(soci::session& sql, const export_image& q,
                                      region_ids& ids) {
  std::vector<metadata::roi> all;
  list_rois next{.who = q.who, .image = q.image, .page = {"", 1000}};
  do {
    const auto slice = run(sql, next);
    for (auto& item : slice.items) {
      const auto from = json::parse(item.text);
      metadata::roi r;
      r.name = json_text(from, "name");
      r.description = json_text(from, "description");
      r.images = {0};
      ids.rois.push_back(item.id);
      ids.shapes.emplace_back();
      for (auto& shape : from.at("shapes")) {
        r.shapes.push_back(json_shape(shape));
        ids.shapes.back().push_back(shape.at("id"));
      }
      all.push_back(std::move(r));
    }
    next.page.after = slice.next;
  } while (!next.page.after.empty());
  return all;
}

decltype(metadata::annotation::value) json_value(metadata::annotation_kind kind,
                                                 const json& from) {
  using metadata::annotation_kind;
  const auto& value = from.at("value");
  switch (kind) {
    case annotation_kind::long_integer:
      if (value.is_number_integer())
        return value.get<int64_t>();
      return {};
    case annotation_kind::floating:
      if (value.is_number())
        return value.get<double>();
      return {};
    case annotation_kind::boolean: return value.is_boolean() && value.get<bool>();
    case annotation_kind::map: {
      metadata::key_values pairs;
      if (value.is_array())
        for (auto& p : value)
          pairs.emplace_back(json_text(p, "k"), json_text(p, "v"));
      return pairs;
    }
    case annotation_kind::file:
      if (from.at("file").is_object())
        return metadata::attachment{
          json_text(from.at("file"), "name"), json_text(from.at("file"), "mime"), {}};
      return {};
    case annotation_kind::list: return {};
    default: return json_text(from, "value");
  }
}

metadata::annotation json_annotation(const json& from) {
  const std::vector<std::string> kinds{"tag",  "comment", "xml",     "term",
                                       "long", "double",  "boolean", "timestamp",
                                       "map",  "file",    "list"};
  const auto place = std::find(kinds.begin(), kinds.end(), json_text(from, "kind"));
  metadata::annotation a;
  a.kind = static_cast<metadata::annotation_kind>(place - kinds.begin() + 1);
  a.name_space = json_text(from, "namespace");
  a.description = json_text(from, "description");
  a.value = json_value(a.kind, from);
  return a;
}

/// What of the image can have annotations. What is on the fileset is on the image too.
annotated_objects parts_of(soci::session& sql, const export_image& q,
                           const region_ids& ids, metadata::document& about) {
  annotated_objects parts;
  auto& image = about.images[0];
  parts[{"image", q.image}] = &image.annotations;
  int64_t fileset = 0;
  sql << "select fileset_id from images where id = :image", soci::use(q.image, "image"),
    soci::into(fileset);
  parts[{"fileset", fileset}] = &image.annotations;
  soci::rowset<soci::row> channels =
    (sql.prepare << "select id, position from channels where image_id = :image",
     soci::use(q.image, "image"));
  for (const auto& row : channels)
    if (const auto c = static_cast<size_t>(int32_of(row, "position"));
        c < image.channels.size())
      parts[{"channel", int64_of(row, "id")}] = &image.channels[c].annotations;
  for (size_t r = 0; r < about.rois.size(); ++r) {
    parts[{"roi", ids.rois[r]}] = &about.rois[r].annotations;
    for (size_t s = 0; s < about.rois[r].shapes.size(); ++s)
      parts[{"shape", ids.shapes[r][s]}] = &about.rois[r].shapes[s].annotations;
  }
  return parts;
}

void add_annotations(soci::session& sql, const export_image& q, const region_ids& ids,
                     exported_image& out) {
  const auto found =
    json::parse(run(sql, list_annotations{.who = q.who, .id = q.image}).text).at("items");
  auto& all = out.about.annotations;
  auto parts = parts_of(sql, q, ids, out.about);
  for (auto& from : found) {
    if (const auto& file = from.at("file"); file.is_object())
      out.files.push_back({all.size(), file.at("sha256"), file.at("bytes")});
    all.push_back(json_annotation(from));
  }
  for (size_t i = 0; i < found.size(); ++i)
    parts[{"annotation", found[i].at("id").get<int64_t>()}] = &all[i].annotations;
  for (size_t i = 0; i < found.size(); ++i)
    for (auto& on : found[i].at("on"))
      if (const auto part =
            parts.find({json_text(on, "kind"), on.at("id").get<int64_t>()});
          part != parts.end())
        part->second->push_back(static_cast<int32_t>(i));
}

/// Times and places, where any are known.
std::vector<formats::plane_fact> plane_facts(soci::session& sql, const export_image& q,
                                             const dimensions& size) {
  const auto known =
    json::parse(run(sql, find_metadata{.who = q.who, .image = q.image}).text)
      .at("planes");
  std::vector<formats::plane_fact> facts;
  if (!known.is_object())
    return facts;
  const auto at = [&](const char* name, size_t i) -> std::optional<double> {
    const auto& list = known.at(name);
    if (!list.is_array() || i >= list.size() || !list[i].is_number())
      return std::nullopt;
    return list[i].get<double>();
  };
  size_t i = 0; // z fastest, then c, then t
  for (int32_t t = 0; t < size.t; ++t)
    for (int32_t c = 0; c < size.c; ++c)
      for (int32_t z = 0; z < size.z; ++z, ++i) {
        formats::plane_fact f{
          z,          c,          t,         at("deltaT", i), at("exposure", i),
          at("x", i), at("y", i), at("z", i)};
        if (f.delta_t || f.exposure || f.x || f.y || f.z_position)
          facts.push_back(f);
      }
  return facts;
}

formats::series exported_series(const image_details& image) {
  formats::series s;
  s.name = image.entry.name;
  s.description = image.description;
  s.acquired = image.entry.acquired;
  s.size = image.entry.size;
  s.type = image.entry.type;
  s.significant_bits = image.significant_bits;
  s.rgb = image.rgb;
  s.physical_x = image.physical_x;
  s.physical_y = image.physical_y;
  s.physical_z = image.physical_z;
  s.time_increment = image.time_increment;
  for (auto& c : image.channels)
    s.channels.push_back({c.name, c.settings.color, c.emission, c.excitation});
  s.levels = image.levels;
  s.tile = image.tile;
  return s;
}

void require_download(soci::session& sql, const export_image& q) {
  const auto who = to_sql(q.who);
  int may = 0;
  sql << fmt::format("select cast({} as integer) from images as i where i.id = :image",
                     may_leave(q.policy, q.who)),
    soci::use(q.image, "image"), soci::use(who, "who"), soci::into(may);
  if (may == 0)
    refuse_download(fmt::format("image {}", q.image), q.who);
}

} // namespace

exported_image run(soci::session& sql, const export_image& q) {
  const auto details = run(sql, find_image{.who = q.who, .image = q.image});
  require_download(sql, q);
  if (details.entry.state == image_state::damaged) // before a byte is promised
    throw failure{errc::unreadable, fmt::format("image {}: {}", q.image, details.error)};
  exported_image out{.what = exported_series(details), .id = q.image};
  out.version = details.entry.version;
  out.what.planes = plane_facts(sql, q, details.entry.size);
  out.about.images.emplace_back();
  out.about.images[0].channels.resize(details.channels.size());
  region_ids ids;
  out.about.rois = regions_of(sql, q, ids);
  add_annotations(sql, q, ids, out);
  return out;
}

} // namespace troupe

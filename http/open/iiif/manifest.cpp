#include "http/open/iiif/manifest.hpp"

#include "http/open/iiif/image_facts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace troupe::http::iiif {

namespace {

using nlohmann::json;

constexpr int32_t thumbnail_side = 200;

/// What people wrote is in no language we know.
json as_written(const std::string& text) {
  return {{"none", json::array({text})}};
}

json in_english(const std::string& text) {
  return {{"en", json::array({text})}};
}

void add_fact(json& facts, const char* label, const std::string& value) {
  if (!value.empty())
    facts.push_back({{"label", in_english(label)}, {"value", as_written(value)}});
}

/// One picture of a manifest.
struct canvas {
  std::string name;  ///< of its plane: see plane_name
  std::string label; ///< may be empty
  extent size;
};

json picture_resource(const std::string& service, const std::string& size,
                      extent pixels) {
  return {
    {"id", fmt::format("{}/full/{}/0/default.jpg", service, size)},
    {"type", "Image"},
    {"format", "image/jpeg"},
    {"width", pixels.width},
    {"height", pixels.height},
    {"service",
     json::array({{{"id", service}, {"type", "ImageService3"}, {"profile", "level2"}}})}};
}

json thumbnail_of(const std::string& service, extent full) {
  const auto box = fmt::format("!{0},{0}", thumbnail_side);
  return json::array(
    {picture_resource(service, box, size_of(box, full, picture_limits, version::three))});
}

json canvas_json(const canvas& c, const manifest_address& at) {
  const auto id = fmt::format("{}/canvas/{}", at.id, c.name);
  const auto service = fmt::format("{}/iiif/3/{}", at.base, c.name);
  const json painting{
    {"id", id + "/painting"},
    {"type", "Annotation"},
    {"motivation", "painting"},
    {"target", id},
    {"body", picture_resource(service, "max",
                              size_of("max", c.size, picture_limits, version::three))}};
  json out{{"id", id},
           {"type", "Canvas"},
           {"width", c.size.width},
           {"height", c.size.height},
           {"thumbnail", thumbnail_of(service, c.size)},
           {"items", json::array({{{"id", id + "/page"},
                                   {"type", "AnnotationPage"},
                                   {"items", json::array({painting})}}})}};
  if (!c.label.empty())
    out["label"] = as_written(c.label);
  return out;
}

json manifest_json(const std::string& name, const std::string& description, json facts,
                   const std::vector<canvas>& canvases, const manifest_address& at) {
  auto items = json::array();
  for (auto& c : canvases)
    items.push_back(canvas_json(c, at));
  json out{{"@context", "http://iiif.io/api/presentation/3/context.json"},
           {"id", at.id},
           {"type", "Manifest"},
           {"label", as_written(name)},
           {"items", std::move(items)}};
  if (!description.empty())
    out["summary"] = as_written(description);
  if (!facts.empty())
    out["metadata"] = std::move(facts);
  return out;
}

std::string names_of(const std::vector<named_parent>& parents) {
  std::string out;
  for (auto& p : parents)
    out += (out.empty() ? "" : ", ") + p.name;
  return out;
}

std::string names_of(const std::vector<image_channel>& channels) {
  std::string out;
  for (auto& c : channels)
    out += (out.empty() || c.name.empty() ? "" : ", ") + c.name;
  return out;
}

std::string length_of(const std::optional<formats::quantity>& q) {
  return q ? fmt::format("{} {}", q->value, q->unit) : "";
}

json facts_of(const image_details& image) {
  auto facts = json::array();
  const auto& entry = image.entry;
  add_fact(facts, "Owner", entry.owner.name);
  add_fact(facts, "Acquired", entry.acquired);
  add_fact(facts, "Imported", image.imported);
  add_fact(facts, "Format", image.format);
  add_fact(facts, "Pixel type", std::string{name_of(entry.type)});
  add_fact(facts, "Channels", names_of(image.channels));
  add_fact(facts, "Pixel width", length_of(image.physical_x));
  add_fact(facts, "Pixel height", length_of(image.physical_y));
  add_fact(facts, "Section distance", length_of(image.physical_z));
  add_fact(facts, "Time increment", length_of(image.time_increment));
  return facts;
}

/// "z 2", "t 5" or "z 2, t 5", from 1 as people count; nothing for the only plane.
std::string plane_label(const dimensions& size, plane_index at) {
  std::string out;
  if (size.z > 1)
    out = fmt::format("z {}", at.z + 1);
  if (size.t > 1)
    out += fmt::format("{}t {}", out.empty() ? "" : ", ", at.t + 1);
  return out;
}

std::vector<canvas> canvases_of(const image_entry& image) {
  const auto& size = image.size;
  if (int64_t{size.z} * size.t > most_canvases)
    throw failure{errc::too_large,
                  fmt::format("image {} has {} planes, a manifest has at most {}",
                              image.id, int64_t{size.z} * size.t, most_canvases)};
  std::vector<canvas> out;
  for (plane_index at; at.t < size.t; ++at.t)
    for (at.z = 0; at.z < size.z; ++at.z)
      out.push_back({fmt::format("{},{},{}", image.id, at.z, at.t),
                     plane_label(size, at),
                     {size.x, size.y}});
  return out;
}

} // namespace

json manifest_of(const dataset_details& dataset, const std::vector<image_entry>& images,
                 const manifest_address& at) {
  auto facts = json::array();
  add_fact(facts, "Owner", dataset.self.owner.name);
  add_fact(facts, "Created", dataset.self.created);
  add_fact(facts, "Projects", names_of(dataset.projects));
  std::vector<canvas> canvases;
  for (auto& i : images)
    if (i.state != image_state::damaged)
      canvases.push_back({std::to_string(i.id), i.name, {i.size.x, i.size.y}});
  return manifest_json(dataset.self.name, dataset.self.description, std::move(facts),
                       canvases, at);
}

json manifest_of(const image_details& image, const manifest_address& at) {
  if (image.entry.state == image_state::damaged)
    throw failure{errc::unreadable,
                  fmt::format("image {}: {}", image.entry.id, image.error)};
  return manifest_json(image.entry.name, image.description, facts_of(image),
                       canvases_of(image.entry), at);
}

} // namespace troupe::http::iiif

#include "http/encode.hpp"

#include "http/short_number.hpp"

#include "http/people_json.hpp"
#include "http/view_settings_json.hpp"
#include "storage/render/draw.hpp"

#include <array>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>

namespace troupe::http {

namespace {

/// A Zarr has a hundred thousand: nobody reads them, and the client asks often.
constexpr size_t most_listed_files = 1000;

json optional_text(const std::string& text) {
  return text.empty() ? json{} : json(text);
}

template <class T>
json optional_number(const std::optional<T>& n) {
  return n && std::isfinite(*n) ? json(*n) : json{};
}

json json_of(const person& p) {
  return {{"id", p.id}, {"login", p.login}, {"name", p.name}};
}
json json_of(const named_parent& p) {
  return {{"id", p.id}, {"name", p.name}};
}

json json_of(const std::optional<formats::quantity>& q) {
  return q ? json{{"value", q->value}, {"unit", q->unit}} : json{};
}

json json_of(const container& c) {
  return {{"id", c.id},
          {"name", c.name},
          {"description", c.description},
          {"owner", json_of(c.owner)},
          {"created", c.created}};
}

template <class T>
json json_of(const std::vector<T>& items) {
  auto out = json::array();
  for (auto& i : items)
    out.push_back(json_of(i));
  return out;
}

template <class T, class ToJson>
json list(const page<T>& p, ToJson to_json) {
  auto items = json::array();
  for (auto& i : p.items)
    items.push_back(to_json(i));
  return {
    {"items", std::move(items)}, {"total", p.total}, {"next", optional_text(p.next)}};
}

std::string state_name(image_state s) {
  switch (s) {
    case image_state::measuring: return "measuring";
    case image_state::ready: return "ready";
    case image_state::damaged: return "damaged";
  }
  return "unknown";
}

json json_of(const image_entry& e, const std::string& prefix) {
  return {{"id", e.id},
          {"name", e.name},
          {"sizeX", e.size.x},
          {"sizeY", e.size.y},
          {"sizeZ", e.size.z},
          {"sizeC", e.size.c},
          {"sizeT", e.size.t},
          {"pixelType", name_of(e.type)},
          {"state", state_name(e.state)},
          {"acquired", optional_text(e.acquired)},
          {"created", e.created},
          {"owner", json_of(e.owner)},
          {"thumbnail",
           fmt::format("{}/api/v1/images/{}/thumbnail?v={}", prefix, e.id, e.version)}};
}

json json_of(const image_channel& c, const image_details& image) {
  auto& s = c.settings;
  auto [low, high] = render::range_of(image.entry.type, image.significant_bits);
  return {{"index", s.index},
          {"name", c.name},
          {"color",
           fmt::format("{:02X}{:02X}{:02X}", s.color.red, s.color.green, s.color.blue)},
          {"active", s.active},
          {"window", {{"start", s.start}, {"end", s.end}}},
          {"lut", optional_text(s.lut)},
          {"family", name_of(s.curve)},
          {"coefficient", s.coefficient},
          {"inverted", s.inverted},
          {"min", optional_number(c.min)},
          {"max", optional_number(c.max)},
          {"range", {{"min", low}, {"max", high}}},
          {"emission", optional_number(c.emission)},
          {"excitation", optional_number(c.excitation)}};
}

json files_of(const image_details& d) {
  auto out = json::array();
  for (auto& f : d.files)
    out.push_back({{"name", f.name}, {"bytes", f.bytes}, {"sha256", f.sha256}});
  return out;
}

json levels_of(const image_details& d) {
  auto out = json::array();
  for (auto& l : d.levels)
    out.push_back({{"width", l.width}, {"height", l.height}});
  return out;
}

json pyramid_of(const image_details& d) {
  constexpr std::array names{"none", "waiting", "building", "ready", "failed"};
  return {{"state", names.at(static_cast<size_t>(d.pyramid))},
          {"progress", d.pyramid_progress},
          {"error", optional_text(d.pyramid_error)}};
}

/// How many files belong to each main file.
std::map<int32_t, int64_t> sizes_of_sets(const import_record& r) {
  std::map<int32_t, int64_t> count;
  for (auto& f : r.files)
    if (f.main)
      ++count[*f.main];
  return count;
}

/// Nothing for what is part of another file's set, and before anything is known.
json results_of(const import_record& r) {
  const auto sizes = sizes_of_sets(r);
  auto results = json::array();
  for (size_t i = 0; i < r.files.size(); ++i) {
    auto& f = r.files[i];
    if (!f.error.empty()) {
      results.push_back({{"path", f.path}, {f.skipped ? "skipped" : "error", f.error}});
    } else if (!f.images.empty()) {
      auto images = json::array();
      for (auto& image : f.images)
        images.push_back(
          {{"id", image.id}, {"name", image.name}, {"series", image.series}});
      const auto files = sizes.find(static_cast<int32_t>(i));
      results.push_back({{"path", f.path},
                         {"images", std::move(images)},
                         {"files", files == sizes.end() ? 1 : files->second},
                         {"warnings", f.warnings}});
    }
  }
  return results;
}

json json_of(const import_view& v) {
  auto& r = v.record;
  auto files = json::array();
  int64_t bytes = 0, received = 0;
  for (size_t i = 0; i < r.files.size(); ++i) {
    auto& f = r.files[i];
    bytes += f.bytes;
    received += v.received.at(i);
    if (i < most_listed_files)
      files.push_back({{"index", i},
                       {"path", f.path},
                       {"bytes", f.bytes},
                       {"received", v.received[i]}});
  }
  return {{"id", r.id},
          {"state", v.stage},
          {"fraction", v.fraction},
          {"bytes", bytes},
          {"received", received},
          {"created", r.created},
          {"error", optional_text(r.error)},
          {"inPlace", r.in_place},
          {"dataset", r.dataset.id ? json_of(r.dataset) : json{}},
          {"fileCount", r.files.size()},
          {"files", std::move(files)},
          {"results", results_of(r)}};
}

json with_children(const container& c, const char* children) {
  auto out = json_of(c);
  out[children] = c.children;
  return out;
}

} // namespace

namespace {

web_response json_response(std::string text, int status = 200) {
  web_response out;
  out.status = status;
  out.type = "application/json";
  out.text = std::move(text);
  out.headers.emplace_back("Cache-Control", "no-store");
  return out;
}

} // namespace

web_response document(const json& body, int status) {
  return json_response(body.dump(-1, ' ', false, json::error_handler_t::replace), status);
}

web_response encode(const page<container>& p, const char* children) {
  return document(list(p, [children](auto& c) { return with_children(c, children); }));
}

web_response encode(const container& c, const char* children) {
  return document(with_children(c, children));
}

web_response encode(const dataset_details& d) {
  auto out = with_children(d.self, "images");
  out["projects"] = json_of(d.projects);
  return document(out);
}

web_response encode(const page<image_entry>& p, const std::string& prefix) {
  return document(list(p, [&](auto& e) { return json_of(e, prefix); }));
}

web_response encode(const image_details& d, const std::string& prefix) {
  auto out = json_of(d.entry, prefix);
  out["description"] = d.description;
  out["group"] = {{"id", d.group}, {"name", d.group_name}};
  if (!d.error.empty())
    out["error"] = d.error;
  out["significantBits"] = d.significant_bits ? json(d.significant_bits) : json{};
  out["rgb"] = d.rgb;
  out["physicalSizeX"] = json_of(d.physical_x);
  out["physicalSizeY"] = json_of(d.physical_y);
  out["physicalSizeZ"] = json_of(d.physical_z);
  out["timeIncrement"] = json_of(d.time_increment);
  auto channels = json::array();
  for (auto& c : d.channels)
    channels.push_back(json_of(c, d));
  out["channels"] = std::move(channels);
  out["model"] = d.model == render::model::color ? "color" : "greyscale";
  out["plainLevels"] = d.plain_levels;
  out["defaultZ"] = d.first.z;
  out["defaultT"] = d.first.t;
  out["levels"] = levels_of(d);
  out["pyramid"] = pyramid_of(d);
  auto tile = tiles_of(d.tile);
  out["tileSize"] = {{"width", tile.width}, {"height", tile.height}};
  out["format"] = d.format;
  out["series"] = d.series;
  out["files"] = files_of(d);
  out["inPlace"] = d.in_place;
  out["imported"] = d.imported;
  auto datasets = json::array();
  for (auto& place : d.datasets) {
    auto one = json_of(place.dataset);
    one["projects"] = json_of(place.projects);
    datasets.push_back(std::move(one));
  }
  out["datasets"] = std::move(datasets);
  return document(out);
}

web_response encode(const import_view& v) {
  return document(json_of(v));
}

web_response encode(const page<import_view>& p) {
  return document(list(p, [](auto& v) { return json_of(v); }));
}

web_response encode(const json_document& x) {
  return json_response(x.text);
}

web_response encode(const page<json_item>& p) {
  std::string items;
  for (auto& item : p.items)
    items += (items.empty() ? "" : ",") + item.text;
  return json_response(fmt::format(R"({{"items":[{}],"total":{},"next":{}}})", items,
                                   p.total, optional_text(p.next).dump()));
}

web_response encode(const done&) {
  web_response out;
  out.status = 204;
  return out;
}

web_response encode(const encoded_image& x) {
  web_response out;
  out.headers.emplace_back("ETag", "\"" + x.etag + "\"");
  if (x.bytes.size() == 0) {
    out.status = 304;
    return out;
  }
  out.type = x.mime;
  out.bytes = x.bytes;
  return out;
}

json json_of(const session_record& r) {
  auto account = json_of(r.account);
  account["admin"] = r.who.everything;
  return {
    {"account", std::move(account)},
    {"group", {{"id", r.who.group}, {"name", r.group_name}}},
    {"kind", name_of(r.kind)},
    {"scopes", scope_names(r.scopes)},
    {"privileges", privilege_names(r.who.privileges)},
    {"sudoer", optional_text(r.sudoer)},
    {"expires", fmt::format("{:%FT%TZ}", fmt::gmtime(static_cast<time_t>(r.expires)))}};
}

json json_of(const actor_figures& f) {
  const auto tenths = [](double seconds) { return std::round(seconds * 10) / 10; };
  return {{"name", f.name},
          {"kind", f.kind},
          {"parent", optional_text(f.parent)},
          {"state", f.state},
          {"mailbox", f.mailbox},
          {"handled", f.handled},
          {"errors", f.errors},
          {"restarts", f.restarts},
          {"uptime", tenths(f.uptime)},
          {"mean", short_number(f.mean)},
          {"p99", short_number(f.p99)},
          {"gauges", f.gauges},
          {"message", optional_text(f.message)},
          {"request", optional_text(f.request)},
          {"busyFor", tenths(f.busy_for)},
          {"oldest", tenths(f.oldest)}};
}

} // namespace troupe::http

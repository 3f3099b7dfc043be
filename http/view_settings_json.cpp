#include "http/view_settings_json.hpp"

#include "http/arguments.hpp"
#include "storage/render/channel_list.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace troupe::http {

using nlohmann::json;

namespace {

constexpr std::array families{"linear", "polynomial", "exponential", "logarithmic"};
constexpr std::array presets{"imported", "owner", "minMax", "fullRange", "auto"};
constexpr std::array origins{"own", "owner", "computed"};

[[noreturn]] void refuse(const std::string& why) {
  throw failure{errc::bad_request, why};
}

/// A field that must be there, of one kind.
template <class T>
T field(const json& body, const char* name, bool (json::*is)() const noexcept,
        const char* kind) {
  auto i = body.find(name);
  if (i == body.end() || !((*i).*is)())
    refuse(fmt::format("{} is missing or no {}", name, kind));
  return i->get<T>();
}

double number_field(const json& body, const char* name) {
  return field<double>(body, name, &json::is_number, "number");
}
int32_t whole_field(const json& body, const char* name) {
  auto n = field<int64_t>(body, name, &json::is_number_integer, "whole number");
  if (n < INT32_MIN || n > INT32_MAX)
    refuse(fmt::format("{} is too large", name));
  return static_cast<int32_t>(n);
}
bool flag_field(const json& body, const char* name) {
  return field<bool>(body, name, &json::is_boolean, "true or false");
}
const json& object_field(const json& body, const char* name) {
  auto i = body.find(name);
  if (i == body.end() || !i->is_object())
    refuse(fmt::format("{} is missing or no object", name));
  return *i;
}

json json_of_channel(const render::channel_settings& c) {
  return {{"index", c.index},
          {"active", c.active},
          {"window", {{"start", c.start}, {"end", c.end}}},
          {"color", text_of(c.color)},
          {"lut", c.lut.empty() ? json{} : json(c.lut)},
          {"family", name_of(c.curve)},
          {"coefficient", c.coefficient},
          {"inverted", c.inverted},
          {"noiseReduction", c.noise_reduction}};
}

render::channel_settings channel_in(const json& body) {
  if (!body.is_object())
    refuse("a channel must be an object");
  render::channel_settings c;
  c.index = whole_field(body, "index");
  c.active = flag_field(body, "active");
  auto& window = object_field(body, "window");
  c.start = number_field(window, "start");
  c.end = number_field(window, "end");
  auto color = render::parse_html_color(text_field(body, "color"));
  auto curve = family_named(text_field(body, "family"));
  if (!color)
    refuse("color must be RRGGBB or RRGGBBAA");
  if (!curve)
    refuse("family must be linear, polynomial, exponential or logarithmic");
  c.color = *color;
  c.curve = *curve;
  c.lut = text_field_or(body, "lut", "");
  c.coefficient = number_field(body, "coefficient");
  c.inverted = flag_field(body, "inverted");
  c.noise_reduction = flag_field(body, "noiseReduction");
  return c;
}

render::model model_in(const json& body) {
  auto name = text_field(body, "model");
  if (name != "color" && name != "greyscale")
    refuse("model must be color or greyscale");
  return name == "color" ? render::model::color : render::model::greyscale;
}

} // namespace

const char* name_of(render::family f) {
  return families.at(static_cast<size_t>(f));
}

std::optional<render::family> family_named(std::string_view name) {
  for (size_t i = 0; i < families.size(); ++i)
    if (name == families[i])
      return static_cast<render::family>(i);
  return std::nullopt;
}

std::string text_of(const rgba& c) {
  auto text = fmt::format("{:02X}{:02X}{:02X}", c.red, c.green, c.blue);
  return c.alpha == 255 ? text : text + fmt::format("{:02X}", c.alpha);
}

json json_of(const view_settings& s) {
  auto channels = json::array();
  for (auto& c : s.settings.channels)
    channels.push_back(json_of_channel(c));
  auto& q = s.settings.levels;
  return {
    {"image", s.image},
    {"from", origins.at(static_cast<size_t>(s.origin))},
    {"changed", s.changed.empty() ? json{} : json(s.changed)},
    {"maySave", s.may_save},
    {"owner", {{"id", s.owner.id}, {"login", s.owner.login}, {"name", s.owner.name}}},
    {"model", s.settings.model == render::model::color ? "color" : "greyscale"},
    {"z", s.at.z},
    {"t", s.at.t},
    {"codomain", {{"start", q.start}, {"end", q.end}, {"resolution", q.resolution}}},
    {"channels", std::move(channels)}};
}

json json_of(const pasted_settings& s) {
  auto results = json::array();
  for (auto& t : s.targets)
    results.push_back(
      {{"image", t.image}, {"error", t.error.empty() ? json{} : json(t.error)}});
  return {{"results", std::move(results)}};
}

save_settings settings_in(const json& body) {
  save_settings out;
  out.settings.model = model_in(body);
  out.at = {whole_field(body, "z"), whole_field(body, "t")};
  auto& codomain = object_field(body, "codomain");
  out.settings.levels = {whole_field(codomain, "start"), whole_field(codomain, "end"),
                         whole_field(codomain, "resolution")};
  auto channels = body.find("channels");
  if (channels == body.end() || !channels->is_array())
    refuse("channels is missing or no list");
  for (auto& c : *channels)
    out.settings.channels.push_back(channel_in(c));
  return out;
}

settings_choice choice_named(std::string_view name) {
  for (size_t i = 0; i < presets.size(); ++i)
    if (name == presets[i])
      return {static_cast<settings_preset>(i), {}};
  refuse("one of imported, owner, minMax, fullRange and auto is expected");
}

} // namespace troupe::http

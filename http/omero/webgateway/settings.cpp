// Rendering settings: saved, reset, the owner's taken over, everybody's listed.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/settings_words.hpp"
#include "http/omero/webgateway/strict_rendering.hpp"
#include "http/view_settings_json.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// Clients compare the body.
web_response literally(const char* text) {
  auto out = plain(text);
  out.type = "application/javascript";
  return out;
}

/// Whoever may not have settings of their own is told that all is well, as by OMERO.
web_response save(call& c) {
  const auto image = c.id("image");
  try {
    const auto now = c.ask_room(find_settings{.image = image});
    const auto wanted = settings_wished(c.in, now);
    if (now.may_save)
      c.ask_room(wanted);
    return literally("true");
  } catch (const refused& r) {
    if (r.answer.status == 404)
      return literally("false");
    throw;
  }
}

auto reset_to(settings_preset preset) {
  return [preset](call& c) {
    const auto images = target_images(c);
    if (images.empty() && c.ids("toids").empty())
      throw failure{errc::bad_request, "toids is needed"};
    auto done = json::array();
    by_thousands(images, [&](std::vector<int64_t> some) {
      const auto result =
        c.ask(reset_many_settings{.targets = std::move(some), .as = {preset, {}}});
      for (auto id : result.done)
        done.push_back(id);
    });
    return document(done);
  };
}

json saved_channel(const render::channel_settings& s) {
  json out{
    {"active", s.active},
    {"start", s.start},
    {"end", s.end},
    {"color",
     fmt::format("{:02X}{:02X}{:02X}", s.color.red, s.color.green, s.color.blue)},
    {"rgb", {{"red", s.color.red}, {"green", s.color.green}, {"blue", s.color.blue}}},
    {"inverted", s.inverted},
    {"reverseIntensity", s.inverted},
    {"family", name_of(s.curve)},
    {"coefficient", s.coefficient}};
  if (!s.lut.empty())
    out["lut"] = s.lut;
  return out;
}

json saved_rendering_of(const saved_rendering& r) {
  auto channels = json::array();
  for (auto& s : r.settings.channels)
    channels.push_back(saved_channel(s));
  return {
    {"id", r.id},
    {"owner", {{"id", r.owner}, {"firstName", r.first_name}, {"lastName", r.last_name}}},
    {"z", r.at.z},
    {"t", r.at.t},
    {"model", r.settings.model == render::model::color ? "rgb" : "greyscale"},
    {"c", std::move(channels)}};
}

web_response renderings_of_image(call& c) {
  const auto image = c.id("image");
  const auto found = c.find(list_renderings{.image = image});
  if (!found)
    return document({{"error", fmt::format("No Image with id {}", image)}});
  auto list = json::array();
  for (auto& r : found->items)
    list.push_back(saved_rendering_of(r));
  return document({{"rdefs", std::move(list)}});
}

} // namespace

const std::vector<route> gateway_settings_routes = routes_of({
  {"POST", "/webgateway/saveImgRDef/{image}", manner::text, strictly(save)},
  {"POST", "/webclient/saveImgRDef/{image}", manner::text, strictly(save)},
  {"POST", "/webgateway/resetRDef", manner::data, reset_to(settings_preset::imported)},
  {"POST", "/webgateway/applyOwnersRDef", manner::data, reset_to(settings_preset::owner)},
  {"GET", "/webgateway/get_image_rdefs_json/{image}", manner::data, renderings_of_image},
});

} // namespace troupe::http::omero

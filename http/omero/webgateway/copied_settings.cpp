// Settings copied in one request and pasted by a later one of the same session.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/image_data.hpp"
#include "http/omero/webgateway/settings_words.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr const char* settings_note = "copied settings";
constexpr const char* image_note = "copied image";

/// As fields of the request say them; null without channels.
json settings_in_fields(call& c) {
  json out;
  for (auto name : {"c", "m", "maps", "p", "pixel_range", "imageId", "z", "t"})
    if (auto text = c.field(name))
      out[name] = *text;
  return out.contains("c") ? out : json{};
}

std::string channel_words(const json& channel, size_t number) {
  const auto& window = channel.at("window");
  return fmt::format("{}{}|{}:{}${}", channel.at("active") == true ? "" : "-", number,
                     window.at("start").get<double>(), window.at("end").get<double>(),
                     channel.contains("lut") ? channel["lut"].get<std::string>()
                                             : channel.at("color").get<std::string>());
}

json map_of(const json& channel) {
  return {
    {"inverted", {{"enabled", channel.at("inverted")}}},
    {"quantization",
     {{"family", channel.at("family")}, {"coefficient", channel.at("coefficient")}}}};
}

/// What image_data() tells, as addresses say it.
json settings_of_data(const json& data) {
  std::string c;
  auto maps = json::array();
  const auto& channels = data.at("channels");
  for (size_t i = 0; i < channels.size(); ++i) {
    c += (i > 0 ? "," : "") + channel_words(channels[i], i + 1);
    maps.push_back(map_of(channels[i]));
  }
  const auto& range = data.at("pixel_range");
  return {{"c", c},
          {"m", data.at("rdefs").at("model") == "color" ? "c" : "g"},
          {"maps", std::move(maps)},
          {"pixel_range",
           fmt::format("{}:{}", range[0].get<int64_t>(), range[1].get<int64_t>())}};
}

json settings_of_image(call& c, const std::string& image) {
  try {
    const auto data = image_data(c, std::stoll(image), false);
    return data.contains("channels") ? settings_of_data(data) : json{};
  } catch (const refused& r) {
    if (r.answer.status == 404)
      return {};
    throw;
  }
}

json noted_settings(call& c) {
  const auto text = c.noted(settings_note);
  return text ? json::parse(*text) : json{};
}

web_response copied(call& c) {
  auto found = noted_settings(c);
  if (const auto image = c.noted(image_note); found.is_null() && image)
    found = settings_of_image(c, *image);
  return document({{"rdef", found}});
}

web_response copy(call& c) {
  const auto image = c.integer("fromid");
  const auto settings = settings_in_fields(c);
  if (!image && settings.is_null())
    return document({{"message", "fromid or settings are needed"}, {"stacktrace", ""}},
                    405);
  c.note(image_note, image ? std::to_string(*image) : "");
  c.note(settings_note, image ? "" : settings.dump());
  return document(true);
}

struct paste_result {
  json done = json::array(), refused = json::array();
};

paste_result paste_from(call& c, int64_t image, const std::vector<int64_t>& targets) {
  paste_result out;
  by_thousands(targets, [&](std::vector<int64_t> some) {
    const auto pasted =
      c.ask_room(paste_settings{.image = image, .targets = std::move(some)});
    for (auto& t : pasted.targets)
      (t.error.empty() ? out.done : out.refused).push_back(t.image);
  });
  return out;
}

/// A request that says these settings.
web_request said(const json& settings) {
  web_request out;
  for (auto& [name, value] : settings.items())
    out.query.emplace_back(name,
                           value.is_string() ? value.get<std::string>() : value.dump());
  return out;
}

bool paste_on(call& c, const web_request& settings, int64_t image) {
  try {
    c.ask_room(settings_wished(settings, c.ask_room(find_settings{.image = image})));
    return true;
  } catch (const refused& r) {
    if (r.answer.status >= 500)
      throw;
  } catch (const failure&) { // other channels
  }
  return false;
}

paste_result paste_words(call& c, const json& settings,
                         const std::vector<int64_t>& targets) {
  paste_result out;
  const auto request = said(settings);
  for (auto image : targets)
    (paste_on(c, request, image) ? out.done : out.refused).push_back(image);
  return out;
}

/// What the request brings counts before what the session has copied.
std::optional<paste_result> pasted(call& c, const std::vector<int64_t>& targets) {
  if (auto image = c.integer("fromid"))
    return paste_from(c, *image, targets);
  if (auto settings = settings_in_fields(c); !settings.is_null())
    return paste_words(c, settings, targets);
  if (auto settings = noted_settings(c); !settings.is_null())
    return paste_words(c, settings, targets);
  if (auto image = c.noted(image_note))
    return paste_from(c, std::stoll(*image), targets);
  return std::nullopt;
}

web_response paste(call& c) {
  const auto targets = target_images(c);
  const auto result = targets.empty() ? std::nullopt : pasted(c, targets);
  return document(result ? json{{"true", result->done}, {"false", result->refused}}
                         : json(false));
}

} // namespace

const std::vector<route> gateway_copied_settings_routes = routes_of({
  {"GET", "/webgateway/getImgRDef", manner::data, copied},
  {"GET", "/webgateway/copyImgRDef", manner::data, copy},
  {"POST", "/webgateway/copyImgRDef", manner::data, paste},
  {"GET", "/webclient/getImgRDef", manner::data, copied},
  {"GET", "/webclient/copyImgRDef", manner::data, copy},
  {"POST", "/webclient/copyImgRDef", manner::data, paste},
});

} // namespace troupe::http::omero

#include "http/picture_arguments.hpp"

#include "http/arguments.hpp"
#include "storage/render/channel_list.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

std::optional<render::family> family_of(const std::string& name) {
  if (name == "linear")
    return render::family::linear;
  if (name == "polynomial")
    return render::family::polynomial;
  if (name == "exponential")
    return render::family::exponential;
  if (name == "logarithmic")
    return render::family::logarithmic;
  return std::nullopt;
}

bool is_enabled(const nlohmann::json& map) {
  if (!map.is_object() || !map.contains("enabled"))
    return false;
  auto& on = map["enabled"];
  return on == true || on == "true";
}

/// One entry per item of c. An entry without inversion switches it off.
void apply_maps(std::string_view text, std::vector<render::channel_change>& channels) {
  auto maps = nlohmann::json::parse(text, nullptr, false);
  if (!maps.is_array())
    return;
  for (size_t i = 0; i < channels.size() && i < maps.size(); ++i) {
    if (!maps[i].is_object())
      continue;
    auto& inverted =
      maps[i].contains("inverted") ? maps[i]["inverted"] : maps[i]["reverse"];
    channels[i].inverted = is_enabled(inverted);
    if (auto q = maps[i].find("quantization"); q != maps[i].end() && q->is_object()) {
      channels[i].curve = family_of(q->value("family", "linear"));
      if (auto k = q->find("coefficient");
          k != q->end() && k->is_number() && k->get<double>() > 0)
        channels[i].coefficient = k->get<double>();
    }
  }
}

} // namespace

std::vector<render::channel_change> channels_of(std::string_view text) {
  return render::changes_of(render::parse_channels(text));
}

picture_wish wish_of(const web_request& in) {
  picture_wish out;
  if (auto c = in.argument("c")) {
    out.change.lists_channels = true;
    out.change.channels = channels_of(*c);
    if (auto maps = in.argument("maps"))
      apply_maps(*maps, out.change.channels);
  }
  if (auto m = in.argument("m")) {
    if (*m != "c" && *m != "g")
      throw failure{errc::bad_request, "m must be c (colour) or g (grey)"};
    out.change.model = *m == "g" ? render::model::greyscale : render::model::color;
  }
  if (auto q = decimal(in, "q")) {
    if (*q < 0 || *q > 1)
      throw failure{errc::bad_request, "q must be between 0 and 1"};
    out.quality = *q;
  }
  if (auto f = in.argument("format")) {
    if (*f != "jpeg" && *f != "png")
      throw failure{errc::bad_request, "format must be jpeg or png"};
    out.as = *f == "png" ? output::png : output::jpeg;
  }
  auto known = in.header("if-none-match");
  if (known.size() > 2 && known.starts_with('"') && known.ends_with('"'))
    out.known = std::string{known.substr(1, known.size() - 2)};
  return out;
}

} // namespace troupe::http

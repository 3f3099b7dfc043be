#include "http/picture_arguments.hpp"

#include "http/arguments.hpp"
#include "http/view_settings_json.hpp"
#include "storage/render/channel_list.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace troupe::http {

namespace {

bool is_enabled(const nlohmann::json& map) {
  if (!map.is_object() || !map.contains("enabled"))
    return false;
  auto& on = map["enabled"];
  return on == true || on == "true";
}

std::optional<render::family> family_in(const nlohmann::json& quantization) {
  auto name = quantization.find("family");
  if (name == quantization.end())
    return render::family::linear;
  return name->is_string() ? family_named(name->get_ref<const std::string&>())
                           : std::nullopt;
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
      channels[i].curve = family_in(*q);
      if (auto k = q->find("coefficient");
          k != q->end() && k->is_number() && k->get<double>() > 0)
        channels[i].coefficient = k->get<double>();
    }
  }
}

std::optional<int32_t> whole_number(std::string_view text) {
  int32_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

std::optional<std::pair<int32_t, int32_t>> sections_of(std::string_view text) {
  auto colon = text.find(':');
  if (colon == text.npos)
    return std::nullopt;
  auto first = whole_number(text.substr(0, colon)),
       last = whole_number(text.substr(colon + 1));
  return first && last ? std::optional{std::pair{*first, *last}} : std::nullopt;
}

std::optional<render::projection> projection_named(std::string_view name) {
  if (name == "intmax")
    return render::projection::max;
  if (name == "intmean")
    return render::projection::mean;
  if (name == "intsum")
    return render::projection::sum;
  return std::nullopt;
}

} // namespace

std::vector<render::channel_change> channels_of(std::string_view text) {
  return render::changes_of(render::parse_channels(text));
}

render::change channels_wished(const web_request& in) {
  render::change out;
  if (auto c = in.argument("c")) {
    out.lists_channels = true;
    out.channels = channels_of(*c);
    if (auto maps = in.argument("maps"))
      apply_maps(*maps, out.channels);
  }
  return out;
}

std::optional<projection_wish> projection_in(std::string_view text) {
  auto bar = std::min(text.find('|'), text.size());
  auto how = projection_named(text.substr(0, bar));
  auto sections = sections_of(text.substr(std::min(bar + 1, text.size())));
  if (!how || (bar < text.size() && !sections))
    return std::nullopt;
  return projection_wish{*how, sections};
}

std::string known_picture(const web_request& in) {
  auto known = in.header("if-none-match");
  if (known.size() > 2 && known.starts_with('"') && known.ends_with('"'))
    return std::string{known.substr(1, known.size() - 2)};
  return {};
}

picture_wish wish_of(const web_request& in) {
  picture_wish out;
  out.change = channels_wished(in);
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
    if (*f != "jpeg" && *f != "png" && *f != "tiff")
      throw failure{errc::bad_request, "format must be jpeg, png or tiff"};
    out.as = *f == "png" ? output::png : *f == "tiff" ? output::tiff : output::jpeg;
  }
  if (auto p = in.argument("p")) {
    out.project = projection_in(*p);
    if (!out.project)
      throw failure{errc::bad_request,
                    "p must be intmax, intmean or intsum, with |first:last after it"};
  }
  out.known = known_picture(in);
  return out;
}

} // namespace troupe::http

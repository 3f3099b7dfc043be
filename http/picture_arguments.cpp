#include "http/picture_arguments.hpp"

#include "http/arguments.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace troupe::http {

namespace {

template <class T>
std::optional<T> parse(std::string_view text) {
  if (text.starts_with('+'))
    text.remove_prefix(1);
  T value{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

/// 3, 4, 6 or 8 hex digits, alpha last.
std::optional<rgba> color_of(std::string_view text) {
  std::string digits;
  auto short_form = text.size() == 3 || text.size() == 4;
  if (!short_form && text.size() != 6 && text.size() != 8)
    return std::nullopt;
  for (auto c : text) {
    if (!std::isxdigit(static_cast<unsigned char>(c)))
      return std::nullopt;
    digits.append(short_form ? 2 : 1, c);
  }
  if (digits.size() == 6)
    digits += "ff";
  auto n = std::stoul(digits, nullptr, 16);
  return rgba{static_cast<uint8_t>(n >> 24), static_cast<uint8_t>(n >> 16),
              static_cast<uint8_t>(n >> 8), static_cast<uint8_t>(n)};
}

std::optional<render::channel_change> channel_of(std::string_view item) {
  render::channel_change out;
  auto color = item.substr(std::min(item.find('$'), item.size()));
  item = item.substr(0, item.size() - color.size());
  auto window = item.substr(std::min(item.find('|'), item.size()));
  auto index = parse<int32_t>(item.substr(0, item.size() - window.size()));
  if (!index || *index == 0 || *index == INT32_MIN)
    return std::nullopt;
  out.active = *index > 0;
  out.index = std::abs(*index) - 1;
  if (!color.empty())
    out.color = color_of(color.substr(1));
  if (auto colon = window.find(':'); colon != std::string_view::npos) {
    auto start = parse<double>(window.substr(1, colon - 1)),
         end = parse<double>(window.substr(colon + 1));
    if (start && end && std::isfinite(*start) && std::isfinite(*end)) {
      out.start = start;
      out.end = end;
    }
  }
  return out;
}

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
  std::vector<render::channel_change> out;
  while (!text.empty()) {
    auto end = std::min(text.find(','), text.size());
    if (auto c = channel_of(text.substr(0, end)))
      out.push_back(*c);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
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

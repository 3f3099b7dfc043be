#include "storage/render/channel_list.hpp"

#include <charconv>
#include <cmath>

namespace troupe::render {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr auto blanks = " \t\r\n\f\v";
  const auto first = std::min(text.find_first_not_of(blanks), text.size());
  const auto last = text.find_last_not_of(blanks);
  return text.substr(first, last == text.npos ? 0 : last + 1 - first);
}

template <class T>
std::optional<T> parse(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+'))
    text.remove_prefix(1);
  T value{};
  const auto last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (text.empty() || error != std::errc{} || end != last)
    return std::nullopt;
  return value;
}

/// Cuts off what comes before the next `mark`. @returns it.
std::string_view until(std::string_view& text, char mark) {
  const auto end = std::min(text.find(mark), text.size());
  const auto head = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return head;
}

std::optional<std::pair<double, double>> window_of(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == text.npos)
    return std::nullopt;
  const auto start = parse<double>(text.substr(0, colon));
  const auto end = parse<double>(text.substr(colon + 1));
  if (!start || !end)
    return std::nullopt;
  return std::pair{*start, *end};
}

channel_change change_of(const channel_item& item) {
  channel_change out;
  out.index = std::abs(item.index) - 1;
  out.active = item.index > 0;
  if (item.window && std::isfinite(item.window->first)
      && std::isfinite(item.window->second))
    std::tie(out.start, out.end) = *item.window;
  if (item.color.ends_with(".lut"))
    out.lut = item.color;
  else
    out.color = parse_html_color(item.color);
  return out;
}

} // namespace

std::vector<channel_item> parse_channels(std::string_view text) {
  std::vector<channel_item> out;
  while (!text.empty()) {
    auto color = until(text, ',');
    auto window = until(color, '$');
    const auto index = parse<int32_t>(until(window, '|'));
    if (index && *index != INT32_MIN)
      out.push_back({*index, window_of(window), std::string{trimmed(color)}});
  }
  return out;
}

std::optional<rgba> parse_html_color(std::string_view text) {
  const auto is_short = text.size() == 3 || text.size() == 4;
  if (!is_short && text.size() != 6 && text.size() != 8)
    return std::nullopt;
  std::string digits;
  for (auto c : text)
    digits.append(is_short ? 2 : 1, c);
  if (digits.size() == 6)
    digits += "ff";
  uint32_t n = 0;
  const auto last = digits.data() + digits.size();
  const auto [end, error] = std::from_chars(digits.data(), last, n, 16);
  if (error != std::errc{} || end != last)
    return std::nullopt;
  auto byte = [n](int shift) { return static_cast<uint8_t>(n >> shift); };
  return rgba{byte(24), byte(16), byte(8), byte(0)};
}

std::vector<channel_change> changes_of(const std::vector<channel_item>& items) {
  std::vector<channel_change> out;
  for (auto& i : items)
    if (i.index != 0)
      out.push_back(change_of(i));
  return out;
}

} // namespace troupe::render

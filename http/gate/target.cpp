#include "http/gate/target.hpp"

namespace troupe::http {

namespace {

int hex(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

/// @returns how many bytes the character takes, 0 when it is none: overlong forms,
///          surrogates and what lies beyond U+10FFFF are none.
size_t utf8_character(std::string_view text) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  auto follows = [&](size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  auto first = byte(0);
  if (first < 0x80)
    return 1;
  if (first >= 0xC2 && first <= 0xDF)
    return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    unsigned low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    unsigned low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

bool is_text(std::string_view text) {
  while (!text.empty()) {
    auto taken = utf8_character(text);
    if (taken == 0 || text.front() == '\0')
      return false;
    text.remove_prefix(taken);
  }
  return true;
}

std::optional<std::string> decode(std::string_view raw, bool plus_is_space) {
  std::string text;
  text.reserve(raw.size());
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '%') {
      if (i + 2 >= raw.size() || hex(raw[i + 1]) < 0 || hex(raw[i + 2]) < 0)
        return std::nullopt;
      text += static_cast<char>(hex(raw[i + 1]) * 16 + hex(raw[i + 2]));
      i += 2;
    } else {
      text += plus_is_space && raw[i] == '+' ? ' ' : raw[i];
    }
  }
  if (!is_text(text))
    return std::nullopt;
  return text;
}

bool is_segment(std::string_view text) {
  if (text.empty() || text == "." || text == "..")
    return false;
  for (char c : text)
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      return false;
  return true;
}

/// Cuts off and returns what comes before the separator, all of it without one.
std::string_view cut(std::string_view& rest, char separator) {
  auto end = rest.find(separator);
  auto piece = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return piece;
}

bool parse_path(std::string_view raw, request_target& into) {
  if (!raw.starts_with('/'))
    return false;
  raw.remove_prefix(1);
  bool open_end = raw.ends_with('/');
  while (!raw.empty()) {
    auto segment = decode(cut(raw, '/'), false);
    if (!segment || !is_segment(*segment))
      return false;
    into.path += '/' + *segment;
    into.segments.push_back(std::move(*segment));
  }
  if (open_end || into.path.empty())
    into.path += '/';
  return true;
}

bool parse_query(std::string_view raw, request_target& into) {
  while (!raw.empty()) {
    auto value = cut(raw, '&');
    if (value.empty())
      continue;
    auto key = decode(cut(value, '='), true);
    auto text = decode(value, true);
    if (!key || !text)
      return false;
    into.query.emplace_back(std::move(*key), std::move(*text));
  }
  return true;
}

} // namespace

std::optional<request_target> parse_target(std::string_view raw) {
  request_target found;
  auto path = cut(raw, '?');
  if (!parse_path(path, found) || !parse_query(raw, found))
    return std::nullopt;
  return found;
}

} // namespace troupe::http

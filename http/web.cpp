#include "http/web.hpp"

#include <fmt/format.h>

namespace troupe::http {

std::optional<std::string_view> web_request::argument(std::string_view key) const {
  for (auto& [name, value] : query)
    if (name == key)
      return value;
  return std::nullopt;
}

std::string_view web_request::header(std::string_view lower_case_name) const {
  auto i = headers.find(std::string{lower_case_name});
  return i == headers.end() ? std::string_view{} : std::string_view{i->second};
}

std::optional<std::string> web_request::cookie(std::string_view name) const {
  auto all = header("cookie");
  while (!all.empty()) {
    auto end = all.find(';');
    auto pair = all.substr(0, end);
    while (pair.starts_with(' '))
      pair.remove_prefix(1);
    if (pair.starts_with(name) && pair.substr(name.size()).starts_with('='))
      return std::string{pair.substr(name.size() + 1)};
    if (end == std::string_view::npos)
      break;
    all.remove_prefix(end + 1);
  }
  return std::nullopt;
}

std::string attachment_named(std::string_view name) {
  std::string plain;
  for (const auto c : name) {
    if (c >= 0x20 && c < 0x7f)
      plain += c == '"' || c == '\\' || c == '%' ? '_' : c;
    else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) // one for each character
      plain += '_';
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''"
         + percent_encoded(name);
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const auto c : text) {
    const auto plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                       || (c >= '0' && c <= '9')
                       || std::string_view{"-._~"}.find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

} // namespace troupe::http

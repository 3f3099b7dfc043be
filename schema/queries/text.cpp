#include "schema/queries/text.hpp"

#include "storage/failure.hpp"

#include <algorithm>

namespace troupe {

namespace {

struct character {
  char32_t code = 0;
  size_t length = 0; ///< bytes; 0 = not UTF-8
};

character first_of(std::string_view bytes) {
  auto lead = static_cast<unsigned char>(bytes[0]);
  if (lead < 0x80)
    return {lead, 1};
  size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length)
    return {};
  char32_t code = lead & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    auto next = static_cast<unsigned char>(bytes[i]);
    if ((next & 0xC0) != 0x80)
      return {};
    code = code << 6 | (next & 0x3Fu);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  bool surrogate = code >= 0xD800 && code < 0xE000;
  return code < least[length] || code > 0x10FFFF || surrogate ? character{}
                                                              : character{code, length};
}

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

bool has_control(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    auto c = first_of(text.substr(at));
    if (is_control(c.code))
      return true;
    at += c.length;
  }
  return false;
}

[[noreturn]] void refuse(std::string_view field, const char* why) {
  throw failure{errc::bad_request, std::string{field} + " " + why};
}

} // namespace

int64_t characters_of(std::string_view bytes) {
  int64_t count = 0;
  for (size_t at = 0; at < bytes.size(); ++count) {
    auto c = first_of(bytes.substr(at));
    if (c.length == 0)
      return -1;
    at += c.length;
  }
  return count;
}

void check_text(std::string_view field, std::string_view text, int64_t most) {
  auto count = characters_of(text);
  if (count < 0)
    refuse(field, "is not UTF-8");
  if (text.find('\0') != std::string_view::npos)
    refuse(field, "holds a NUL byte");
  if (count > most)
    throw failure{errc::bad_request, std::string{field} + " is longer than "
                                       + std::to_string(most) + " characters"};
}

void check_name(std::string_view field, std::string_view name) {
  check_text(field, name, 255);
  if (name.find_first_not_of(' ') == std::string_view::npos)
    refuse(field, "is empty");
  if (has_control(name))
    refuse(field, "holds control characters");
}

bool is_login(std::string_view text) {
  auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c == '.' || c == '_' || c == '@' || c == '-';
  };
  return !text.empty() && text.size() <= 64
         && std::all_of(text.begin(), text.end(), allowed);
}

bool is_sha256(std::string_view text) {
  return text.size() == 64
         && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::string clean_text(std::string_view bytes, int64_t most) {
  std::string clean;
  for (size_t at = 0; at < bytes.size() && most > 0; --most) {
    auto c = first_of(bytes.substr(at));
    if (c.length == 0)
      clean += "\xEF\xBF\xBD";
    else if (is_control(c.code) && c.code != '\n' && c.code != '\t')
      clean += ' ';
    else
      clean += bytes.substr(at, c.length);
    at += std::max<size_t>(c.length, 1);
  }
  return clean;
}

std::string file_given_name(const std::string& name, const std::string& id,
                            const std::string& kind, size_t index) {
  for (const auto* candidate : {&name, &id}) {
    auto clean = clean_text(*candidate, 255);
    for (auto& c : clean)
      if (c == '\n' || c == '\t')
        c = ' ';
    if (clean.find_first_not_of(' ') != std::string::npos)
      return clean;
  }
  return kind + ' ' + std::to_string(index + 1);
}

} // namespace troupe

#include "storage/text.hpp"

namespace troupe {
namespace {

constexpr uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

void append(std::string& to, uint32_t latin1) {
  if (latin1 < 0x80) {
    to += static_cast<char>(latin1);
  } else {
    to += static_cast<char>(0xc0 | latin1 >> 6);
    to += static_cast<char>(0x80 | (latin1 & 0x3f));
  }
}

} // namespace

character character_at(std::string_view text, size_t at) {
  const auto lead = static_cast<uint8_t>(text[at]);
  if (lead < 0x80)
    return {lead, 1};
  const size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > text.size())
    return {lead, 0};
  auto code = static_cast<uint32_t>(lead & (0xff >> (length + 1)));
  for (size_t i = 1; i < length; ++i) {
    const auto next = static_cast<uint8_t>(text[at + i]);
    if ((next & 0xc0) != 0x80)
      return {lead, 0};
    code = code << 6 | (next & 0x3f);
  }
  if (code < smallest[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    return {lead, 0};
  return {code, length};
}

bool is_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto next = character_at(text, at);
    if (next.length == 0)
      return false;
    at += next.length;
  }
  return true;
}

std::string clean_text(std::string_view text, size_t longest) {
  std::string result;
  for (size_t at = 0; at < text.size() && result.size() + 4 <= longest;) {
    const auto [code, length] = character_at(text, at);
    if (code >= 0xa0 || code == '\n' || code == '\t' || (code >= 0x20 && code < 0x7f)) {
      if (length == 0)
        append(result, code);
      else
        result.append(text, at, length);
    }
    at += length == 0 ? 1 : length;
  }
  return result;
}

} // namespace troupe

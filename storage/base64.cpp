#include "storage/base64.hpp"

#include <array>

namespace troupe {
namespace {

constexpr std::string_view letters =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr uint8_t no_letter = 0xff;

constexpr auto values = [] {
  std::array<uint8_t, 256> table{};
  table.fill(no_letter);
  for (size_t i = 0; i < letters.size(); ++i)
    table[static_cast<uint8_t>(letters[i])] = static_cast<uint8_t>(i);
  return table;
}();

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace

std::string to_base64(std::span<const uint8_t> bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const auto left = bytes.size() - i;
    const uint32_t three = uint32_t{bytes[i]} << 16
                           | (left > 1 ? uint32_t{bytes[i + 1]} << 8 : 0)
                           | (left > 2 ? uint32_t{bytes[i + 2]} : 0);
    text += letters[three >> 18];
    text += letters[three >> 12 & 63];
    text += left > 1 ? letters[three >> 6 & 63] : '=';
    text += left > 2 ? letters[three & 63] : '=';
  }
  return text;
}

std::optional<std::vector<uint8_t>> from_base64(std::string_view text) {
  std::vector<uint8_t> bytes;
  bytes.reserve(text.size() / 4 * 3);
  uint32_t bits = 0;
  int count = 0, padding = 0;
  for (const auto c : text) {
    if (is_space(c))
      continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const auto value = values[static_cast<uint8_t>(c)];
    if (value == no_letter || padding > 0)
      return std::nullopt;
    bits = bits << 6 | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<uint8_t>(bits >> count));
    }
  }
  if (padding > 2 || count == 6) // six bits left over make no byte
    return std::nullopt;
  return bytes;
}

} // namespace troupe

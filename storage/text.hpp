// Text from strangers, made safe to store.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace troupe {

/// One character of a text. `length` is 0 where the bytes are no UTF-8.
struct character {
  uint32_t code = 0;
  size_t length = 0;
};

/// @param at  must be below text.size().
character character_at(std::string_view text, size_t at);

bool is_utf8(std::string_view text);

/// Valid UTF-8 without control characters (newline and tab stay); bytes that are no
/// UTF-8 are read as Latin-1. At most `longest` bytes.
std::string clean_text(std::string_view text, size_t longest = 1 << 20);

} // namespace troupe

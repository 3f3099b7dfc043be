#include "storage/regions/colours.hpp"

#include <charconv>
#include <fmt/format.h>

namespace troupe::regions {

std::string text_of(const rgba& c) {
  return fmt::format("#{:02X}{:02X}{:02X}{:02X}", c.red, c.green, c.blue, c.alpha);
}

std::optional<rgba> color_in(std::string_view text) {
  if (!text.starts_with('#') || (text.size() != 7 && text.size() != 9))
    return std::nullopt;
  uint32_t bits = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + 1, end, bits, 16);
  if (error != std::errc{} || stop != end)
    return std::nullopt;
  return color_of(text.size() == 7 ? bits << 8 | 0xFF : bits);
}

int64_t number_of(const rgba& c) {
  return int64_t{c.red} << 24 | int64_t{c.green} << 16 | int64_t{c.blue} << 8 | c.alpha;
}

rgba color_of(uint32_t bits) {
  return {static_cast<uint8_t>(bits >> 24), static_cast<uint8_t>(bits >> 16),
          static_cast<uint8_t>(bits >> 8), static_cast<uint8_t>(bits)};
}

uint32_t argb_of(const rgba& c) {
  return uint32_t{c.alpha} << 24 | uint32_t{c.red} << 16 | uint32_t{c.green} << 8
         | c.blue;
}

rgba color_of_argb(uint32_t bits) {
  return {static_cast<uint8_t>(bits >> 16), static_cast<uint8_t>(bits >> 8),
          static_cast<uint8_t>(bits), static_cast<uint8_t>(bits >> 24)};
}

} // namespace troupe::regions

#include "http/gate/gate.hpp"

#include <algorithm>

namespace troupe::http {

namespace {

/// @returns nothing for what is no number; a number too large to hold is the largest.
std::optional<uint64_t> number(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  uint64_t value = 0;
  for (char c : digits)
    if (__builtin_mul_overflow(value, 10u, &value)
        || __builtin_add_overflow(value, unsigned(c - '0'), &value))
      return UINT64_MAX;
  return value;
}

} // namespace

// Headers that make no sense, and several ranges at once, are ignored: the client gets
// the whole, as RFC 9110 allows.
std::optional<byte_range> range_of(std::string_view header, uint64_t size) {
  byte_range whole{0, size, false};
  if (!header.starts_with("bytes="))
    return whole;
  header.remove_prefix(6);
  auto dash = header.find('-');
  if (dash == std::string_view::npos)
    return whole;
  auto from = header.substr(0, dash), to = header.substr(dash + 1);
  auto first = number(from), last = number(to);
  if ((!first && !from.empty()) || (!last && !to.empty()) || (!first && !last))
    return whole;
  if (!first) { // the last so many bytes
    if (*last == 0)
      return std::nullopt;
    auto length = std::min(*last, size);
    return length == 0 ? whole : byte_range{size - length, length, true};
  }
  if (last && *last < *first)
    return whole;
  if (*first >= size)
    return std::nullopt;
  auto end = last ? std::min(*last, size - 1) : size - 1;
  return byte_range{*first, end - *first + 1, true};
}

} // namespace troupe::http

#include "http/open/numbers.hpp"

#include <algorithm>
#include <charconv>

namespace troupe::http {

namespace {

template <class T>
std::optional<T> plain_value(std::string_view text, const char* characters) {
  T value{};
  if (text.empty() || text.find_first_not_of(characters) != text.npos)
    return std::nullopt;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && at == end ? std::optional{value} : std::nullopt;
}

} // namespace

std::optional<int32_t> plain_number(std::string_view text) {
  return text.size() <= 9 ? plain_value<int32_t>(text, "0123456789") : std::nullopt;
}

std::optional<int64_t> plain_id(std::string_view text) {
  return text.size() <= 18 ? plain_value<int64_t>(text, "0123456789") : std::nullopt;
}

std::optional<double> plain_decimal(std::string_view text) {
  return plain_value<double>(text, "0123456789.");
}

std::vector<std::string_view> split_at_commas(std::string_view text) {
  std::vector<std::string_view> out;
  for (;;) {
    auto comma = std::min(text.find(','), text.size());
    out.push_back(text.substr(0, comma));
    if (comma == text.size())
      return out;
    text.remove_prefix(comma + 1);
  }
}

} // namespace troupe::http

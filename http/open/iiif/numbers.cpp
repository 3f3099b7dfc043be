#include "http/open/iiif/numbers.hpp"

#include <algorithm>
#include <charconv>

namespace troupe::http::iiif {

std::optional<int32_t> whole_number(std::string_view text) {
  int32_t value = 0;
  if (text.empty() || text.size() > 9
      || text.find_first_not_of("0123456789") != text.npos)
    return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<double> decimal_number(std::string_view text) {
  double value = 0;
  if (text.find_first_not_of("0123456789.") != text.npos)
    return std::nullopt;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
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

} // namespace troupe::http::iiif

#include "http/own_address.hpp"

#include <algorithm>

namespace troupe::http {

namespace {

/// As in a path: a comma needs no escape.
std::string path_segment(std::string_view text) {
  std::string out;
  for (;;) {
    const auto comma = std::min(text.find(','), text.size());
    out += percent_encoded(text.substr(0, comma));
    if (comma == text.size())
      return out;
    out += ',';
    text.remove_prefix(comma + 1);
  }
}

} // namespace

std::string own_address(const web_request& in, size_t known) {
  auto out = in.base;
  for (size_t i = 0; i < std::min(known, in.segments.size()); ++i)
    out += '/' + path_segment(in.segments[i]);
  return out;
}

std::string own_query(const web_request& in) {
  std::string out;
  for (auto& [name, value] : in.query)
    out +=
      (out.empty() ? "?" : "&") + percent_encoded(name) + '=' + percent_encoded(value);
  return out;
}

} // namespace troupe::http

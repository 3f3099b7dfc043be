#include "http/open/own_address.hpp"

#include <algorithm>

namespace troupe::http {

namespace {

std::string origin_of(const desk& d, const web_request& in) {
  if (!d.config.public_url.empty())
    return d.config.public_url;
  const auto host = in.header("host");
  return (d.config.tls_certificate.empty() ? "http://" : "https://")
         + (host.empty() ? d.config.listen : std::string{host});
}

/// As in a path: a comma needs no escape.
std::string path_segment(std::string_view text) {
  std::string out;
  while (true) {
    const auto comma = std::min(text.find(','), text.size());
    out += percent_encoded(text.substr(0, comma));
    if (comma == text.size())
      return out;
    out += ',';
    text.remove_prefix(comma + 1);
  }
}

} // namespace

std::string own_address(const desk& d, const web_request& in, std::string_view face,
                        size_t known) {
  const auto& all = in.segments;
  const auto first =
    static_cast<size_t>(std::find(all.begin(), all.end(), face) - all.begin());
  auto out = origin_of(d, in);
  for (size_t i = 0; i < std::min(first + known, all.size()); ++i)
    out += '/' + path_segment(all[i]);
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

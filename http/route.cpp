#include "http/route.hpp"

#include <algorithm>

namespace troupe::http {

namespace {

/// A pattern cut at its slashes, once.
struct prepared {
  const route* row;
  std::vector<std::string_view> parts;
};

std::vector<std::string_view> cut(std::string_view pattern) {
  std::vector<std::string_view> out;
  while (!pattern.empty()) {
    pattern.remove_prefix(1); // the slash
    auto end = std::min(pattern.find('/'), pattern.size());
    if (end > 0)
      out.push_back(pattern.substr(0, end));
    pattern.remove_prefix(end);
  }
  return out;
}

const std::vector<prepared>& all_routes() {
  static const auto all = [] {
    std::vector<prepared> out;
    for (auto* table : route_tables())
      for (auto& row : *table)
        out.push_back({&row, cut(row.pattern)});
    return out;
  }();
  return all;
}

bool fits(const prepared& p, const web_request& in) {
  return p.parts.size() == in.segments.size()
         && std::equal(p.parts.begin(), p.parts.end(), in.segments.begin(),
                       [](auto part, auto& segment) {
                         return part.front() == '{' || part == segment;
                       });
}

} // namespace

match find_route(web_request& in) {
  match out;
  for (auto& p : all_routes()) {
    if (!fits(p, in))
      continue;
    std::string_view method = p.row->method;
    if (method == in.method || (method == "GET" && in.method == "HEAD")) {
      for (size_t i = 0; i < p.parts.size(); ++i)
        if (p.parts[i].front() == '{')
          in.captured[std::string{p.parts[i].substr(1, p.parts[i].size() - 2)}] =
            in.segments[i];
      out.found = p.row;
      return out;
    }
    out.allowed += (out.allowed.empty() ? "" : ", ") + std::string{method};
  }
  return out;
}

} // namespace troupe::http

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
    for (auto* list : {&route_tables(), &face_tables()})
      for (auto* table : *list)
        for (auto& row : *table)
          out.push_back({&row, cut(row.pattern)});
    return out;
  }();
  return all;
}

bool takes_the_rest(std::string_view part) {
  return part.ends_with("...}");
}

bool fits(const prepared& p, const web_request& in) {
  const auto n = p.parts.size();
  const bool open = n > 0 && takes_the_rest(p.parts.back());
  return (open ? n <= in.segments.size() : n == in.segments.size())
         && std::equal(p.parts.begin(), p.parts.end(), in.segments.begin(),
                       [](auto part, auto& segment) {
                         return part.front() == '{' || part == segment;
                       });
}

std::string joined_from(const std::vector<std::string>& segments, size_t first) {
  std::string out;
  for (size_t i = first; i < segments.size(); ++i)
    out += (i == first ? "" : "/") + segments[i];
  return out;
}

void capture(const prepared& p, web_request& in) {
  for (size_t i = 0; i < p.parts.size(); ++i) {
    auto part = p.parts[i];
    if (part.front() != '{')
      continue;
    if (takes_the_rest(part))
      in.captured[std::string{part.substr(1, part.size() - 5)}] =
        joined_from(in.segments, i);
    else
      in.captured[std::string{part.substr(1, part.size() - 2)}] = in.segments[i];
  }
}

} // namespace

match find_route(web_request& in) {
  match out;
  for (auto& p : all_routes()) {
    if (!fits(p, in))
      continue;
    std::string_view method = p.row->method;
    if (method == in.method || (method == "GET" && in.method == "HEAD")) {
      capture(p, in);
      out.found = p.row;
      return out;
    }
    out.allowed += (out.allowed.empty() ? "" : ", ") + std::string{method};
  }
  return out;
}

} // namespace troupe::http

#include "http/media_types.hpp"

namespace troupe::http {

std::string_view media_type_of(std::string_view path) {
  struct row {
    std::string_view ending, type;
  };
  static constexpr row rows[]{
    {"html", "text/html; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"txt", "text/plain; charset=utf-8"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"gif", "image/gif"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"ico", "image/x-icon"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"webmanifest", "application/json"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"ttf", "font/ttf"},
    {"eot", "application/vnd.ms-fontobject"},
  };
  const auto dot = path.rfind('.');
  if (dot != path.npos)
    for (auto& r : rows)
      if (path.substr(dot + 1) == r.ending)
        return r.type;
  return "application/octet-stream";
}

} // namespace troupe::http

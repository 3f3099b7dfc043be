#include "http/cors.hpp"

#include <algorithm>

namespace troupe::http {

namespace {

constexpr const char* cors_methods = "GET, HEAD, POST, PUT, PATCH, DELETE, PROPFIND";
constexpr const char* cors_request_headers =
  "Authorization, Content-Type, Depth, If-Match, If-None-Match, If-Range, Range, "
  "Troupe-View, Upload-Offset, X-CSRFToken, X-CSRF-Token, X-Requested-With, "
  "X-Share-Password";
constexpr const char* cors_answer_headers =
  "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Link, "
  "Location, Retry-After, Upload-Offset, X-Request-Id";
/// What our own headers begin with.
constexpr std::string_view own_header = "Troupe-";

bool lists_origin(const configuration& config, std::string_view origin) {
  const auto& all = config.cors_origins;
  return std::find(all.begin(), all.end(), origin) != all.end();
}

/// The headers an answer shows to pages of other sites.
std::string exposed_headers(const web_response& out) {
  std::string names = cors_answer_headers;
  for (auto& [name, value] : out.headers)
    if (name.starts_with(own_header))
      names += ", " + name;
  return names;
}

} // namespace

std::optional<web_response> preflight_answer(const configuration& config,
                                             const web_request& in) {
  const auto origin = in.header("origin");
  const bool asks = in.method == "OPTIONS" && !origin.empty()
                    && !in.header("access-control-request-method").empty();
  if (!asks || !(lists_origin(config, origin) || lists_origin(config, "*")))
    return std::nullopt;
  web_response out{.status = 204};
  out.headers = {{"Access-Control-Allow-Methods", cors_methods},
                 {"Access-Control-Allow-Headers", cors_request_headers},
                 {"Access-Control-Max-Age", "600"}};
  return out;
}

void allow_origin(const configuration& config, const web_request& in, web_response& out) {
  if (config.cors_origins.empty())
    return;
  out.headers.emplace_back("Vary", "Origin");
  const std::string origin{in.header("origin")};
  if (origin.empty())
    return;
  if (lists_origin(config, origin)) {
    out.headers.emplace_back("Access-Control-Allow-Origin", origin);
    out.headers.emplace_back("Access-Control-Allow-Credentials", "true");
  } else if (lists_origin(config, "*")) {
    out.headers.emplace_back("Access-Control-Allow-Origin", "*");
  } else {
    return;
  }
  out.headers.emplace_back("Access-Control-Expose-Headers", exposed_headers(out));
}

} // namespace troupe::http

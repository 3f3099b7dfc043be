#include "http/omero/csrf.hpp"

#include "schema/password.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr size_t token_length = 32;

bool is_csrf_token(std::string_view text) {
  return text.size() >= token_length && text.size() <= 2 * token_length
         && std::all_of(text.begin(), text.end(), [](unsigned char c) {
              return std::isalnum(c) || c == '-' || c == '_';
            });
}

bool reads_only(const web_request& in) {
  return in.method == "GET" || in.method == "HEAD" || in.method == "OPTIONS";
}

/// Scheme and host of an address.
std::string_view origin_in(std::string_view url) {
  const auto host = url.find("://");
  if (host == url.npos)
    return url;
  return url.substr(0, url.find('/', host + 3));
}

bool is_trusted(const call& c, std::string_view origin) {
  return origin == origin_in(c.in.base);
}

} // namespace

std::string csrf_token(const web_request& in) {
  if (auto known = in.cookie("csrftoken"); known && is_csrf_token(*known))
    return *known;
  return hash_token(new_token()).substr(0, token_length);
}

void give_csrf(const call& c, web_response& out, const std::string& token) {
  out.headers.emplace_back(
    "Set-Cookie", fmt::format("csrftoken={}; Path=/; Max-Age=31449600; SameSite=Lax{}",
                              token, c.in.base.starts_with("https:") ? "; Secure" : ""));
}

std::string csrf_doubt(call& c) {
  if (reads_only(c.in) || c.in.header("authorization").starts_with("Bearer "))
    return {};
  if (auto origin = c.in.header("origin"); !origin.empty()) {
    if (!is_trusted(c, origin))
      return fmt::format(
        "Origin checking failed - {} does not match any trusted origins.",
        origin.substr(0, 200));
  } else if (c.in.base.starts_with("https:")) {
    const auto referer = c.in.header("referer");
    if (referer.empty())
      return "Referer checking failed - no Referer.";
    if (!is_trusted(c, origin_in(referer)))
      return "Referer checking failed - it is another site.";
  }
  const auto known = c.in.cookie("csrftoken");
  if (!known || !is_csrf_token(*known))
    return "CSRF cookie not set.";
  std::string given{c.in.header("x-csrftoken")};
  if (given.empty() && c.in.method == "POST")
    for (auto& [key, value] : c.form())
      if (key == "csrfmiddlewaretoken")
        given = value;
  if (given.empty())
    return "CSRF token missing.";
  return given == *known ? "" : "CSRF token incorrect.";
}

} // namespace troupe::http::omero

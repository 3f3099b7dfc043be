#include "http/error_response.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

const char* title_of(int status) {
  switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 503: return "Service Unavailable";
    case 507: return "Insufficient Storage";
  }
  return "Internal Server Error";
}

std::string detail_of(const caf::error& e) {
  auto& values = e.context();
  if (e.category() == caf::atom("troupe") && values.size() > 0
      && values.match_element<std::string>(0))
    return values.get_as<std::string>(0);
  return "a part of the server is restarting or too slow, try again";
}

std::string type_of(errc code) {
  return "urn:troupe:problem:" + to_string(code);
}

web_response document(int status, std::string type, const std::string& detail,
                      const std::string& request) {
  nlohmann::json body{{"type", std::move(type)},
                      {"title", title_of(status)},
                      {"status", status},
                      {"detail", detail},
                      {"request", request}};
  web_response out;
  out.status = status;
  out.type = "application/problem+json";
  out.text = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  out.headers.emplace_back("Cache-Control", "no-store");
  if (status == 503)
    out.headers.emplace_back("Retry-After", "1");
  if (status == 401)
    out.headers.emplace_back("WWW-Authenticate", "Bearer");
  return out;
}

} // namespace

int status_of(errc code) {
  switch (code) { // no default: the compiler names a forgotten code
    case errc::none: return 200;
    case errc::bad_request: return 400;
    case errc::signed_out: return 401;
    case errc::denied: return 403;
    case errc::not_found: return 404; // or not visible: never tell which
    case errc::conflict: return 409;
    case errc::too_large: return 413;
    case errc::throttled: return 429;
    case errc::unreadable: return 422;
    case errc::no_space: return 507;
    case errc::unavailable: return 503;
    case errc::gone: return 503;
    case errc::internal: return 500;
  }
  return 500;
}

errc code_of(const caf::error& e) {
  if (e.category() == caf::atom("troupe"))
    return static_cast<errc>(e.code());
  return errc::unavailable;
}

web_response problem(errc code, const std::string& detail, const std::string& request) {
  return document(status_of(code), type_of(code), detail, request);
}

web_response problem(const caf::error& e, const std::string& request) {
  auto code = code_of(e);
  // What went wrong inside is for the log; outside it has a number.
  auto out = problem(
    code, code == errc::internal ? "an error of the server, see its log" : detail_of(e),
    request);
  auto& values = e.context();
  if (code == errc::throttled && values.size() > 1 && values.match_element<int64_t>(1))
    out.headers.emplace_back("Retry-After", std::to_string(values.get_as<int64_t>(1)));
  return out;
}

web_response problem(int status, const std::string& detail, const std::string& request) {
  return document(status, "about:blank", detail, request);
}

} // namespace troupe::http

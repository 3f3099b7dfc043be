#include "http/omero/refusal.hpp"

#include "http/encode.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// The login page, which comes back to what was asked.
web_response to_login(const call& c) {
  std::string target = c.in.path;
  char separator = '?';
  for (auto& [key, value] : c.in.query) {
    target += separator + percent_encoded(key) + '=' + percent_encoded(value);
    separator = '&';
  }
  return redirect("/webclient/login/?url=" + percent_encoded(target));
}

web_response signed_out(const call& c, manner how) {
  if (how == manner::api || how == manner::open)
    return document({{"message", "Not logged in"}}, 403);
  if (c.by_script())
    return plain("", 403);
  return to_login(c);
}

web_response html_refusal(const call& c, int status, const std::string& detail) {
  web_response out;
  out.status = status;
  out.type = "text/html; charset=utf-8";
  if (c.by_script())
    return out;
  std::string safe;
  for (char letter : detail)
    safe += letter == '<' ? "&lt;" : letter == '&' ? "&amp;" : std::string(1, letter);
  out.text = fmt::format("<!doctype html><title>{0}</title><h1>{0}</h1><p>{1}</p>\n",
                         status == 404 ? "Not found" : "Refused", safe);
  return out;
}

web_response in_its_form(const call& c, manner how, int status,
                         const std::string& detail) {
  switch (how) {
    case manner::open:
    case manner::api:
    case manner::data: return document({{"message", detail}, {"stacktrace", ""}}, status);
    case manner::text: return plain(detail, status);
    case manner::picture:
    case manner::pages: return html_refusal(c, status, detail);
  }
  return plain(detail, status);
}

} // namespace

web_response as_clients_read(call& c, manner how, web_response answer) {
  if (answer.type != "application/problem+json")
    return answer;
  if (answer.status == 401)
    return signed_out(c, how);
  const auto told = json::parse(answer.text);
  auto out = in_its_form(c, how, answer.status, told.value("detail", ""));
  for (auto& h : answer.headers)
    if (h.first == "Retry-After" || h.first == "Allow")
      out.headers.push_back(h);
  out.close = answer.close;
  return out;
}

} // namespace troupe::http::omero

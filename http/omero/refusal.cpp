#include "http/omero/refusal.hpp"

#include "http/encode.hpp"
#include "http/own_address.hpp"
#include "http/plain_page.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// The login page, which comes back to what was asked.
web_response to_login(const call& c) {
  return redirect("/webclient/login/?url="
                  + percent_encoded(c.in.path + own_query(c.in)));
}

web_response signed_out(const call& c, manner how) {
  if (how == manner::api || how == manner::open)
    return document({{"message", "Not logged in"}}, 403);
  if (c.by_script())
    return plain("", 403);
  return to_login(c);
}

web_response html_refusal(const call& c, int status, const std::string& detail) {
  if (c.by_script())
    return {.status = status, .type = "text/html; charset=utf-8"};
  return plain_page(status == 404 ? "Not found" : "Refused",
                    fmt::format("<p role=\"alert\">{}</p>", in_markup(detail)), status);
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

std::string reason_of(const web_response& refusal) {
  const auto told = json::parse(refusal.text, nullptr, false);
  return told.is_object() ? told.value("detail", "") : "";
}

std::function<web_response(call&)> telling_errors(web_response (*run)(call&)) {
  auto told = [](const std::string& text, bool absent) {
    return document({{"error", text}}, absent ? 404 : 200);
  };
  return [run, told](call& c) {
    try {
      return run(c);
    } catch (const refused& r) {
      if (r.answer.status == 401)
        throw;
      return told(reason_of(r.answer), r.answer.status == 404);
    } catch (const failure& e) {
      if (e.code == errc::internal)
        throw;
      return told(e.what(), e.code == errc::not_found);
    }
  };
}

} // namespace troupe::http::omero

#include "http/omero/face.hpp"

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/omero/csrf.hpp"
#include "http/omero/refusal.hpp"
#include "http/omero/session_cookie.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

bool is_function_name(std::string_view text) {
  auto fits = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '$'; };
  return !text.empty() && text.size() <= 100
         && !std::isdigit(static_cast<unsigned char>(text.front()))
         && std::all_of(text.begin(), text.end(), fits);
}

/// JSON as a call of the function that ?callback= names.
void wrap_in_callback(const web_request& in, web_response& out) {
  const auto name = in.argument("callback");
  if (!name || out.type != "application/json" || out.status != 200)
    return;
  if (!is_function_name(*name)) {
    out = plain("callback is no name of a function", 400);
    return;
  }
  out.text = fmt::format("{}({})", *name, out.text);
  out.type = "application/javascript";
}

/// ?group= as a session knows it; -1 is all there are.
void narrow_to_group(call& c) {
  // A form with files is read by its handler: it may be of any size.
  if (!c.in.argument("group")
      && c.in.header("content-type").starts_with("multipart/form-data"))
    return;
  const auto group = c.integer("group");
  if (group && *group >= 0)
    c.in.group = group;
}

web_response answer_of(call& c, const row& r) {
  try {
    if (r.how != manner::open) {
      find_session(c);
      narrow_to_group(c);
    }
    return r.run(c);
  } catch (refused& e) {
    return std::move(e.answer);
  } catch (const failure& e) {
    if (e.code == errc::internal)
      throw;
    return problem(e.code, e.what(), c.in.id);
  }
}

web_response serve(desk& d, web_request& in, const row& r) {
  call c{d, in};
  if (auto doubt = csrf_doubt(c); !doubt.empty())
    return document({{"message", "CSRF Failed: " + doubt}}, 403);
  auto out = as_clients_read(c, r.how, answer_of(c, r));
  if (r.how == manner::data || r.how == manner::open)
    wrap_in_callback(in, out);
  keep_session(c, out);
  if (out.status != 304
      && std::none_of(out.headers.begin(), out.headers.end(),
                      [](auto& h) { return h.first == "Cache-Control"; }))
    out.headers.emplace_back("Cache-Control", "no-store");
  return out;
}

} // namespace

std::vector<route> routes_of(const std::vector<row>& rows) {
  std::vector<route> out;
  for (auto& r : rows)
    out.push_back({r.method,
                   r.pattern,
                   access::anyone,
                   "",
                   {},
                   "",
                   200,
                   "",
                   [r](desk& d, web_request& in) { return serve(d, in, r); }});
  return out;
}

web_response plain(std::string text, int status) {
  web_response out;
  out.status = status;
  out.type = "text/plain; charset=utf-8";
  out.text = std::move(text);
  return out;
}

web_response redirect(std::string to, int status) {
  web_response out;
  out.status = status;
  out.headers.emplace_back("Location", std::move(to));
  return out;
}

} // namespace troupe::http::omero

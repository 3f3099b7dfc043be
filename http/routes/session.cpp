// Signing in and out.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/session_answer.hpp"
#include "http/routes/tables.hpp"
#include "http/sign_in.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

web_response with_token(const desk& d, const signed_in& s) {
  auto out = document(json_with_token(s));
  out.headers.emplace_back("Set-Cookie", page_cookie(d.config, s.token));
  return out;
}

web_response log_in(desk& d, web_request& in) {
  // A page of another site may not sign its visitors in.
  if (auto site = in.header("sec-fetch-site");
      !site.empty() && site != "same-origin" && site != "none")
    throw failure{errc::denied, "sign in from the server's own page"};
  auto body = json_of_body(in);
  return open_session_for(d, in, text_field(body, "login"), text_field(body, "password"),
                          [&d](const signed_in& s) { return with_token(d, s); });
}

web_response who_am_i(desk& d, web_request& in) {
  return d.ask_session(in, identify{}, [token = token_of(in)](const session_record& r) {
    auto body = json_of(r);
    body["csrf"] = csrf_of(token);
    return document(body);
  });
}

web_response log_out(desk& d, web_request& in) {
  return close_session_of(d, in, [&d] {
    auto out = encode(done{});
    out.headers.emplace_back("Set-Cookie", page_cookie(d.config, ""));
    return out;
  });
}

} // namespace

const std::vector<route> session_routes{
  {"POST",
   "/api/v1/session",
   access::anyone,
   "Sign in",
   {},
   "Credentials",
   200,
   "SignedIn",
   log_in},
  {"GET",
   "/api/v1/session",
   access::session,
   "Who am I",
   {},
   "",
   200,
   "Session",
   who_am_i},
  {"DELETE", "/api/v1/session", access::session, "Sign out", {}, "", 204, "", log_out},
};

} // namespace troupe::http

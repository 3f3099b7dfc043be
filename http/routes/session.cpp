// Signing in and out.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/session_answer.hpp"
#include "http/routes/tables.hpp"
#include "schema/password.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

std::string cookie(const desk& d, const std::string& token, int64_t seconds) {
  auto secure =
    d.config.public_url.starts_with("https:") || !d.config.tls_certificate.empty();
  return fmt::format("troupe_session={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}",
                     token, seconds, secure ? "; Secure" : "");
}

int32_t life_seconds(const desk& d) {
  return static_cast<int32_t>(d.config.session_life_days * 86400);
}

web_response with_token(const desk& d, const signed_in& s) {
  auto out = document(json_with_token(s));
  out.headers.emplace_back("Set-Cookie", cookie(d, s.token, life_seconds(d)));
  return out;
}

web_response log_in(desk& d, web_request& in) {
  // A page of another site may not sign its visitors in.
  if (auto site = in.header("sec-fetch-site");
      !site.empty() && site != "same-origin" && site != "none")
    throw failure{errc::denied, "sign in from the server's own page"};
  auto body = json_of_body(in);
  sign_in m{text_field(body, "login"), text_field(body, "password"),
            std::string{in.header("user-agent")}, in.remote,
            static_cast<int32_t>(d.config.session_idle_minutes * 60), life_seconds(d)};
  return d.converse(in, false, [&d, m](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), m, [&d, c](const signed_in& s) {
      c.answer([&d, s] { return with_token(d, s); });
    });
  });
}

web_response who_am_i(desk& d, web_request& in) {
  return d.ask_session(in, identify{}, [token = token_of(in)](const session_record& r) {
    auto body = json_of(r);
    body["csrf"] = csrf_of(token);
    return document(body);
  });
}

web_response log_out(desk& d, web_request& in) {
  auto hash = hash_token(token_of(in));
  return d.converse(in, true, [&d, hash](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), sign_out{hash}, [&d, c](const done& r) {
      c.answer([&d, r] {
        auto out = encode(r);
        out.headers.emplace_back("Set-Cookie", cookie(d, "", 0));
        return out;
      });
    });
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

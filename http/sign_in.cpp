#include "http/sign_in.hpp"

#include "schema/password.hpp"

#include <fmt/format.h>

namespace troupe::http {

int32_t life_seconds(const configuration& config) {
  return static_cast<int32_t>(config.session_life_days * 86400);
}

std::string page_cookie(const configuration& config, const std::string& token) {
  auto secure =
    config.public_url.starts_with("https:") || !config.tls_certificate.empty();
  return fmt::format("troupe_session={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}",
                     token, token.empty() ? 0 : life_seconds(config),
                     secure ? "; Secure" : "");
}

web_response open_session_for(desk& d, web_request& in, const std::string& login,
                              const std::string& password,
                              std::function<web_response(const signed_in&)> respond) {
  sign_in m{login,
            password,
            std::string{in.header("user-agent")},
            in.remote,
            static_cast<int32_t>(d.config.session_idle_minutes * 60),
            life_seconds(d.config)};
  return d.converse(in, false, [m, respond](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), m, [c, respond](const signed_in& s) {
      c.answer([s, respond] { return respond(s); });
    });
  });
}

web_response close_session_of(desk& d, web_request& in,
                              std::function<web_response()> respond) {
  const auto hash = hash_token(token_of(in));
  return d.converse(in, true, [hash, respond](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), sign_out{hash},
          [c, respond](const done&) { c.answer(respond); });
  });
}

} // namespace troupe::http

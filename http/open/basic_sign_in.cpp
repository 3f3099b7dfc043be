#include "http/open/basic_sign_in.hpp"

#include "http/sign_in.hpp"
#include "storage/base64.hpp"
#include "storage/text.hpp"

namespace troupe::http {

namespace {

constexpr const char* basic_challenge = "Basic realm=\"Troupe\", charset=\"UTF-8\"";

} // namespace

std::optional<basic_words> basic_words_of(const web_request& in) {
  auto text = in.header("authorization");
  constexpr std::string_view scheme = "Basic ";
  if (!text.starts_with(scheme))
    return std::nullopt;
  const auto bytes = from_base64(text.substr(scheme.size()));
  const auto words = bytes ? std::string{bytes->begin(), bytes->end()} : std::string{};
  const auto colon = words.find(':');
  if (colon == words.npos || !is_utf8(words) || words.find('\0') != words.npos)
    throw failure{errc::bad_request,
                  "Authorization: Basic needs name:password in base64"};
  return basic_words{words.substr(0, colon), words.substr(colon + 1)};
}

std::optional<web_response> sign_in_by_basic(desk& d, web_request& in) {
  const auto words = basic_words_of(in);
  if (!words)
    return std::nullopt;
  sign_in_again m{{words->name, words->password, std::string{in.header("user-agent")},
                   in.remote, static_cast<int32_t>(d.config.session_idle_minutes * 60),
                   life_seconds(d.config)}};
  std::string token;
  auto answer = d.converse(in, false, [&token, m](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), m, [&token, c](const basic_token& found) {
      c.answer([&token, found] {
        token = found.token;
        return web_response{};
      });
    });
  });
  if (token.empty())
    return answer;
  in.token = token;
  return std::nullopt;
}

web_response asking_for_basic(web_response out) {
  if (out.status != 401)
    return out;
  std::erase_if(out.headers, [](auto& h) { return h.first == "WWW-Authenticate"; });
  out.headers.emplace_back("WWW-Authenticate", basic_challenge);
  return out;
}

} // namespace troupe::http

#include "http/omero/session_cookie.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

void find_session(call& c) {
  auto& in = c.in;
  in.for_visitors = !c.house.config.public_user.empty();
  if (in.header("authorization").starts_with("Bearer "))
    return;
  if (auto brought = in.argument("bsession"); brought && !brought->empty())
    in.token = std::string{*brought};
  else if (auto own = in.cookie("sessionid"); own && !own->empty())
    in.token = *own;
  else if (auto page = in.cookie("troupe_session"))
    in.token = *page;
}

void keep_session(const call& c, web_response& out) {
  const auto brought = c.in.argument("bsession");
  if (brought && out.status < 400 && c.in.token == *brought)
    out.headers.emplace_back("Set-Cookie", session_cookie(c, c.in.token));
}

std::string session_cookie(const call& c, const std::string& token) {
  return fmt::format("sessionid={}; Path=/; HttpOnly; SameSite=Lax{}{}", token,
                     token.empty() ? "; Max-Age=0" : "",
                     c.in.base.starts_with("https:") ? "; Secure" : "");
}

} // namespace troupe::http::omero

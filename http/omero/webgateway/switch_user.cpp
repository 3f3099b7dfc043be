// An administrator becomes somebody else.

#include "actors/sessions.hpp"
#include "http/encode.hpp"
#include "http/omero/session_cookie.hpp"
#include "http/omero/tables.hpp"
#include "schema/password.hpp"
#include "schema/queries/people.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

int64_t account_named(call& c, const std::string& login) {
  list_people q{.search = login};
  q.page.limit = 1000;
  const auto found = c.ask(q).items;
  const auto one = std::ranges::find(found, login, &account_details::login);
  if (one == found.end())
    throw failure{errc::not_found, "there is nobody of that name"};
  return one->id;
}

/// For others than administrators it is not there. The client's cookie is then of the
/// new session.
web_response switch_user(call& c) {
  if (!c.who().who.everything)
    throw failure{errc::not_found, "no such address"};
  const become m{hash_token(token_of(c.in)), account_named(c, c.in.captured.at("login")),
                 std::string{c.in.header("user-agent")}, c.in.remote};
  auto token = std::make_shared<std::string>();
  auto out = c.house.converse(c.in, true, [m, token](const conversation& talk, auto&) {
    talk.ask(talk.room<sessions_actor>(), m, [talk, token](const signed_in& s) {
      *token = s.token;
      talk.answer([] { return document(true); });
    });
  });
  if (out.status == 200)
    out.headers.emplace_back("Set-Cookie", session_cookie(c, *token));
  return out;
}

} // namespace

const std::vector<route> gateway_switch_routes = routes_of({
  {"POST", "/webgateway/su/{login}", manner::data, switch_user},
});

} // namespace troupe::http::omero

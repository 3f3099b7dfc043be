// Sessions and API tokens as people look after them.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/people_json.hpp"
#include "http/routes/tables.hpp"
#include "schema/password.hpp"

namespace troupe::http {

namespace {

const parameter everybodys_sessions{"all", "boolean", "everybody's, for administrators"};

web_response sessions(desk& d, web_request& in) {
  return d.ask_catalogue(in, list_sessions{.all = flag(in, "all")}, [](auto& found) {
    auto items = json::array();
    for (auto& s : found.items)
      items.push_back(json_of(s));
    return document({{"items", items}});
  });
}

web_response revoke(desk& d, web_request& in) {
  return d.ask_catalogue(in, revoke_session{.session = id_in_path(in, "session")},
                         [](auto& r) { return encode(r); });
}

web_response token(desk& d, web_request& in) {
  auto body = json_of_body(in);
  const auto fresh = new_token();
  make_token m{.name = text_field(body, "name"), .token_hash = hash_token(fresh)};
  if (auto names = texts_if(body, "scopes"))
    m.scopes = scopes_named(*names);
  if (auto days = integer_if(body, "days"))
    m.days = static_cast<int32_t>(std::clamp<int64_t>(*days, 0, 1'000'000));
  return d.ask_catalogue(in, m, [fresh](const session_entry& s) {
    auto made = json_of(s);
    made["token"] = fresh; // never again
    return document(made, 201);
  });
}

} // namespace

const std::vector<route> own_session_routes{
  {"GET",
   "/api/v1/sessions",
   access::person,
   "Open sessions and API tokens",
   {everybodys_sessions},
   "",
   200,
   "SessionList",
   sessions},
  {"DELETE",
   "/api/v1/sessions/{session}",
   access::person,
   "Close a session or revoke a token",
   {},
   "",
   204,
   "",
   revoke},
  {"POST",
   "/api/v1/tokens",
   access::person,
   "Make an API token; it is shown once",
   {},
   "NewToken",
   201,
   "Token",
   token},
};

} // namespace troupe::http

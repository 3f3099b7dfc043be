// Accounts: who there is, and what may be done about them.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/people_json.hpp"
#include "http/routes/session_answer.hpp"
#include "http/routes/tables.hpp"
#include "schema/password.hpp"
#include "schema/queries/reset_links.hpp"

namespace troupe::http {

namespace {

const parameter account_search{"search", "string", "part of a login or name"};

web_response answer(const account_details& a) {
  return document(json_of(a));
}

account_words words_in(const json& body) {
  return {text_if(body, "firstName"), text_if(body, "middleName"),
          text_if(body, "lastName"), text_if(body, "email"),
          text_if(body, "institution")};
}

std::optional<int32_t> privileges_in(const json& body) {
  auto names = texts_if(body, "privileges");
  return names ? std::optional{privileges_named(*names)} : std::nullopt;
}

web_response accounts(desk& d, web_request& in) {
  return d.ask_catalogue(
    in,
    list_people{.page = page_of(in),
                .search = std::string{in.argument("search").value_or("")}},
    [](auto& p) { return document(json_of(p)); });
}

web_response account(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_person{.account = id_in_path(in, "account")}, answer);
}

web_response new_account(desk& d, web_request& in) {
  auto body = json_of_body(in);
  invite m{hash_token(token_of(in)), text_field_or(body, "password", ""), {}};
  m.what.login = text_field(body, "login");
  m.what.words = words_in(body);
  m.what.group = integer_if(body, "group").value_or(0);
  m.what.admin = flag_if(body, "admin").value_or(false);
  m.what.reader = flag_if(body, "reader").value_or(false);
  m.what.privileges = privileges_in(body).value_or(all_privileges);
  return d.converse(in, true, [m](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), m, [c](const account_details& a) {
      c.answer([a] {
        auto out = document(json_of(a), 201);
        out.headers.emplace_back("Location", "/api/v1/accounts/" + std::to_string(a.id));
        return out;
      });
    });
  });
}

web_response change_account(desk& d, web_request& in) {
  auto body = json_of_body(in);
  change_person m{.account = id_in_path(in, "account")};
  m.login = text_if(body, "login");
  m.words = words_in(body);
  m.default_group = integer_if(body, "defaultGroup");
  m.active = flag_if(body, "active");
  m.admin = flag_if(body, "admin");
  m.reader = flag_if(body, "reader");
  m.privileges = privileges_in(body);
  return d.ask_catalogue(in, m, answer);
}

web_response password(desk& d, web_request& in) {
  auto body = json_of_body(in);
  set_password m{.token_hash = hash_token(token_of(in)),
                 .account = id_in_path(in, "account"),
                 .old = text_field_or(body, "old", ""),
                 .fresh = text_field(body, "password"),
                 .address = in.remote};
  return d.converse(in, true, [m](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), m,
          [c](const done& r) { c.answer([r] { return encode(r); }); });
  });
}

web_response make_link(desk& d, web_request& in) {
  const auto token = new_token();
  return d.ask_catalogue(
    in,
    make_reset_link{.account = id_in_path(in, "account"),
                    .token_hash = hash_token(token),
                    .hours = static_cast<int32_t>(d.config.reset_link_hours)},
    [token, base = d.config.public_url](const reset_link& l) {
      return document({{"token", token},
                       {"login", l.login},
                       {"expires", l.expires},
                       {"link", base + "/reset/" + token}},
                      201);
    });
}

web_response use_link(desk& d, web_request& in) {
  auto body = json_of_body(in);
  reset_password m{hash_token(text_field(body, "token")), text_field(body, "password"),
                   in.remote};
  return d.converse(in, false, [m](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), m, [c](const done& r) {
      // Sessions that ended must not go on for a moment.
      c.ask(c.room<sessions_actor>(), renew_sessions{},
            [c, r](const done&) { c.answer([r] { return encode(r); }); });
    });
  });
}

web_response act(desk& d, web_request& in) {
  become m{hash_token(token_of(in)), id_in_path(in, "account"),
           std::string{in.header("user-agent")}, in.remote};
  return d.converse(in, true, [m](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), m, [c](const signed_in& s) {
      // The browser stays who it is: the token is for the asker to use.
      c.answer([s] { return document(json_with_token(s), 201); });
    });
  });
}

} // namespace

const std::vector<route> account_routes{
  {"GET",
   "/api/v1/accounts",
   access::session,
   "List accounts",
   {account_search, after, limit},
   "",
   200,
   "AccountList",
   accounts},
  {"POST",
   "/api/v1/accounts",
   access::session,
   "Make an account",
   {},
   "NewAccount",
   201,
   "Account",
   new_account},
  {"GET",
   "/api/v1/accounts/{account}",
   access::session,
   "One account",
   {},
   "",
   200,
   "Account",
   account},
  {"PATCH",
   "/api/v1/accounts/{account}",
   access::session,
   "Change an account",
   {},
   "AccountChange",
   200,
   "Account",
   change_account},
  {"PUT",
   "/api/v1/accounts/{account}/password",
   access::session,
   "Set a password: one's own with the old one, or by privilege",
   {},
   "PasswordChange",
   204,
   "",
   password},
  {"POST",
   "/api/v1/accounts/{account}/reset-link",
   access::session,
   "A link by which they set a new password, once; it is shown once",
   {},
   "",
   201,
   "ResetLink",
   make_link},
  {"POST",
   "/api/v1/password-resets",
   access::anyone,
   "Set a new password by a link",
   {},
   "NewPassword",
   204,
   "",
   use_link},
  {"POST",
   "/api/v1/accounts/{account}/sessions",
   access::session,
   "Act as somebody: a session of theirs, noted in the history",
   {},
   "",
   201,
   "SignedIn",
   act},
};

} // namespace troupe::http

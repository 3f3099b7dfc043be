// Links by which people without an account see some objects: made, listed, ended.

#include "schema/queries/shares.hpp"
#include "http/arguments.hpp"
#include "http/batch_json.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "schema/password.hpp"

namespace troupe::http {

namespace {

constexpr int32_t usual_share_days = 30;

const parameter everybodys_shares{
  "all", "boolean", "everybody's for administrators, those of led groups for leaders"};

json json_of_share(const share_entry& s) {
  auto objects = json::array();
  for (auto& o : s.objects)
    objects.push_back({{"type", name_of(o.type)}, {"id", o.id}});
  return {
    {"id", s.id},
    {"owner", {{"id", s.owner.id}, {"login", s.owner.login}, {"name", s.owner.name}}},
    {"title", s.title},
    {"objects", std::move(objects)},
    {"password", s.has_password},
    {"download", s.download},
    {"created", s.created},
    {"expires", s.expires},
    {"views", s.views},
    {"lastView", s.last_view.empty() ? json{} : json(s.last_view)}};
}

int32_t share_days(const json& body) {
  return short_integer_if(body, "days").value_or(usual_share_days);
}

/// The form in which a password is kept. Empty for none.
/// @returns a refusal for one that is guessed first.
std::optional<web_response> keep_password(desk& d, web_request& in, std::string& secret) {
  if (secret.empty())
    return std::nullopt;
  std::string kept;
  auto out =
    d.converse(in, true, [&kept, m = keep_secret{secret}](const conversation& c, auto&) {
      c.ask(c.room<sessions_actor>(), m, [&kept, c](const kept_secret& s) {
        c.answer([&kept, s] {
          kept = s.text;
          return web_response{};
        });
      });
    });
  if (kept.empty())
    return out;
  secret = kept;
  return std::nullopt;
}

web_response share_objects(desk& d, web_request& in) {
  const auto body = json_of_body(in, 4 << 20);
  auto wanted = listed_objects_in(body);
  const auto token = new_token();
  make_share m{.token_hash = hash_token(token),
               .objects = std::move(wanted.objects),
               .type = wanted.type,
               .ids = std::move(wanted.ids),
               .title = text_if(body, "title").value_or(""),
               .secret = text_if(body, "password").value_or(""),
               .download = flag_if(body, "download").value_or(false),
               .days = share_days(body)};
  if (auto refusal = keep_password(d, in, m.secret))
    return *refusal;
  return d.ask_catalogue(in, selected{std::move(m), std::move(wanted.chosen)},
                         [token, base = in.base](const share_entry& s) {
                           auto made = json_of_share(s);
                           made["token"] = token; // never again
                           made["url"] = base + "/share/" + token;
                           return document(made, 201);
                         });
}

web_response list_of_shares(desk& d, web_request& in) {
  return d.ask_catalogue(in, list_shares{.all = flag(in, "all")}, [](const auto& found) {
    auto items = json::array();
    for (auto& s : found.items)
      items.push_back(json_of_share(s));
    return document({{"items", std::move(items)}});
  });
}

web_response change_share(desk& d, web_request& in) {
  const auto body = json_of_body(in);
  return d.ask_catalogue(
    in, extend_share{.share = id_in_path(in, "share"), .days = share_days(body)},
    [](const share_entry& s) { return document(json_of_share(s)); });
}

web_response end_share(desk& d, web_request& in) {
  return d.ask_catalogue(in, revoke_share{.share = id_in_path(in, "share")},
                         [](const done& r) { return encode(r); });
}

} // namespace

const std::vector<route> share_routes{
  {"POST",
   "/api/v1/shares",
   access::person,
   "Make a link by which objects of one group are seen without an account; its token is "
   "shown once",
   {},
   "NewShare",
   201,
   "MadeShare",
   share_objects},
  {"GET",
   "/api/v1/shares",
   access::person,
   "Links that were made, also for a week those that have ended",
   {everybodys_shares},
   "",
   200,
   "ShareList",
   list_of_shares},
  {"PATCH",
   "/api/v1/shares/{share}",
   access::person,
   "Let it end so many days from now",
   {},
   "ShareChange",
   200,
   "Share",
   change_share},
  {"DELETE",
   "/api/v1/shares/{share}",
   access::person,
   "End it now",
   {},
   "",
   204,
   "",
   end_share},
};

} // namespace troupe::http

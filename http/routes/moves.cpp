// Objects into another group, objects to another person.

#include "schema/queries/moves.hpp"
#include "http/arguments.hpp"
#include "http/batch_request.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"

namespace troupe::http {

namespace {

int64_t required_id(const nlohmann::json& body, const char* name) {
  const auto id = integer_if(body, name);
  if (!id)
    throw failure{errc::bad_request, std::string{name} + " is missing"};
  return *id;
}

web_response move(desk& d, web_request& in) {
  const auto body = json_of_body(in, 4 << 20);
  move_objects m{.type = object_type_named(text_field(body, "type")),
                 .ids = {},
                 .group = required_id(body, "group"),
                 .preview = flag_if(body, "preview").value_or(false),
                 .contents = flag_if(body, "contents").value_or(true)};
  return ask_many(d, in, m, objects_in(body, m.type), [](auto& x) { return encode(x); });
}

web_response give(desk& d, web_request& in) {
  const auto body = json_of_body(in, 4 << 20);
  give_objects m{.type = object_type_named(text_field(body, "type")),
                 .ids = {},
                 .account = required_id(body, "account"),
                 .preview = flag_if(body, "preview").value_or(false),
                 .contents = flag_if(body, "contents").value_or(true)};
  return ask_many(d, in, m, objects_in(body, m.type), [](auto& x) { return encode(x); });
}

} // namespace

const std::vector<route> move_routes{
  {"POST",
   "/api/v1/moves",
   access::session,
   "Move objects with what is part of them to a group, or preview it",
   {background},
   "NewMove",
   200,
   "Move",
   move},
  {"POST",
   "/api/v1/gifts",
   access::session,
   "Give objects with what is part of them to a person, or preview it",
   {background},
   "NewGift",
   200,
   "Gift",
   give},
};

} // namespace troupe::http

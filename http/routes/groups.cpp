// Groups: how far their members share, and who they are.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/people_json.hpp"
#include "http/routes/tables.hpp"

namespace troupe::http {

namespace {

const parameter all{"all", "boolean", "every group, for administrators"};
const parameter preview{"preview", "boolean", "change nothing, tell what would be lost"};

web_response answer(const group_details& g) {
  return document(json_of(g));
}

web_response groups(desk& d, web_request& in) {
  return d.ask_catalogue(in, list_groups{.all = flag(in, "all")}, [](auto& found) {
    auto items = json::array();
    for (auto& g : found)
      items.push_back(json_of(g));
    return document({{"items", items}});
  });
}

web_response group(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_group{.group = id_in_path(in, "group")}, answer);
}

std::optional<group_level> level_in(const json& body) {
  auto name = text_if(body, "level");
  return name ? std::optional{level_named(*name)} : std::nullopt;
}

web_response new_group(desk& d, web_request& in) {
  auto body = json_of_body(in);
  create_group m{.name = text_field(body, "name"),
                 .description = text_field_or(body, "description", ""),
                 .level = level_in(body).value_or(group_level::private_)};
  return d.ask_catalogue(in, m, [](const group_details& g) {
    auto out = document(json_of(g), 201);
    out.headers.emplace_back("Location", "/api/v1/groups/" + std::to_string(g.self.id));
    return out;
  });
}

web_response change_one_group(desk& d, web_request& in) {
  auto body = json_of_body(in);
  change_group m{.group = id_in_path(in, "group"),
                 .name = text_if(body, "name"),
                 .description = text_if(body, "description"),
                 .level = level_in(body),
                 .preview = flag(in, "preview")};
  return d.ask_catalogue(in, m, [](auto& c) { return document(json_of(c)); });
}

web_response join(desk& d, web_request& in) {
  set_membership m{.group = id_in_path(in, "group"),
                   .account = id_in_path(in, "account"),
                   .leader = flag_if(json_of_body(in), "leader").value_or(false)};
  return d.ask_catalogue(in, m, answer);
}

web_response leave(desk& d, web_request& in) {
  return d.ask_catalogue(in,
                         remove_membership{.group = id_in_path(in, "group"),
                                           .account = id_in_path(in, "account")},
                         answer);
}

} // namespace

const std::vector<route> group_routes{
  {"GET",
   "/api/v1/groups",
   access::session,
   "List one's groups",
   {all},
   "",
   200,
   "GroupList",
   groups},
  {"POST",
   "/api/v1/groups",
   access::session,
   "Make a group",
   {},
   "NewGroup",
   201,
   "GroupDetails",
   new_group},
  {"GET",
   "/api/v1/groups/{group}",
   access::session,
   "One group and its members",
   {},
   "",
   200,
   "GroupDetails",
   group},
  {"PATCH",
   "/api/v1/groups/{group}",
   access::session,
   "Change a group's words or level",
   {preview},
   "GroupChange",
   200,
   "ChangedGroup",
   change_one_group},
  {"PUT",
   "/api/v1/groups/{group}/members/{account}",
   access::session,
   "Add a member, or make one a leader or not",
   {},
   "Membership",
   200,
   "GroupDetails",
   join},
  {"DELETE",
   "/api/v1/groups/{group}/members/{account}",
   access::session,
   "Take a member out",
   {},
   "",
   200,
   "GroupDetails",
   leave},
};

} // namespace troupe::http

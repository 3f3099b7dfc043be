// webadmin: how much room the files of people and groups take.

#include "schema/queries/drive_space.hpp"
#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/pictures.hpp"

namespace troupe::http::omero {

namespace {

web_response space_list(call& c, const list_taken_space& question) {
  auto list = json::array();
  for (auto& taken : c.ask(question).items)
    list.push_back({{"label", taken.name},
                    {"data", taken.bytes},
                    {question.by_group ? "groupId" : "userId", taken.id}});
  return document(list);
}

web_response space_of_groups(call& c) {
  return space_list(c, {.by_group = true});
}

web_response space_of_people(call& c) {
  return space_list(c, {});
}

web_response space_in_group(call& c) {
  return space_list(c, {.group = c.id("id")});
}

web_response space_of_person(call& c) {
  return space_list(c, {.by_group = true, .person = c.id("id")});
}

web_response own_portrait(call& c) {
  return portrait_of(c.who().account.id);
}

} // namespace

const std::vector<route> webadmin_routes = routes_of({
  {"GET", "/webadmin/drivespace_json/groups", manner::data, space_of_groups},
  {"GET", "/webadmin/drivespace_json/users", manner::data, space_of_people},
  {"GET", "/webadmin/drivespace_json/group/{id}", manner::data, space_in_group},
  {"GET", "/webadmin/drivespace_json/user/{id}", manner::data, space_of_person},
  {"GET", "/webadmin/myphoto", manner::picture, own_portrait},
});

} // namespace troupe::http::omero

// The shapes of containers, links and of requests for many objects.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"
#include "schema/queries/object_type.hpp"

namespace troupe::http {

namespace {

json types() {
  auto names = json::array();
  for (int i = 1; i <= object_types; ++i)
    names.push_back(name_of(static_cast<object_type>(i)));
  return {{"type", "string"}, {"enum", names}};
}

json container() {
  json rights{{"type", "string"},
              {"enum", {"annotate", "edit", "link", "delete", "move", "give"}}};
  return object({{"type", ref("ObjectType")},
                 {"id", integer},
                 {"name", text},
                 {"description", text},
                 {"owner", ref("Person")},
                 {"group", ref("Named")},
                 {"created", time_text},
                 {"updated", time_text},
                 {"version", integer},
                 {"rights", array_of(rights)}});
}

json links(bool with_from) {
  json properties{{"parent", ref("Object")}, {"type", ref("ObjectType")}};
  if (with_from)
    properties["from"] = integer;
  return about_many(std::move(properties), {"from"});
}

} // namespace

json organise_schemas() {
  auto place = object({{"type", ref("ObjectType")}, {"id", integer}, {"name", text}});
  return {
    {"ObjectType", types()},
    {"Object", object({{"type", ref("ObjectType")}, {"id", integer}})},
    {"Container", container()},
    {"NewContainer", object({{"name", text}, {"description", text}, {"parent", integer}},
                            {"description", "parent"})},
    {"Folder", object({{"id", integer},
                       {"name", text},
                       {"description", text},
                       {"owner", ref("Person")},
                       {"created", time_text},
                       {"parent", nullable(integer)},
                       {"folders", integer},
                       {"images", integer},
                       {"rois", integer}})},
    {"FolderList", list_of("Folder")},
    {"Words", object({{"name", text}, {"description", text}, {"version", integer}},
                     {"name", "description", "version"})},
    {"Changes",
     about_many({{"type", ref("ObjectType")}, {"name", text}, {"description", text}},
                {"name", "description"})},
    {"Links", links(true)},
    {"Unlinks", links(false)},
    {"BatchResult",
     object({{"done", array_of(integer)},
             {"refused",
              array_of(object({{"id", integer}, {"reason", text}, {"error", text}}))}})},
    {"Places", object({{"places", array_of(array_of(place))}})},
  };
}

} // namespace troupe::http

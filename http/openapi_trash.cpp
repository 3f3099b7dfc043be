// The shapes of deletions, moves and gifts, and of the history.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

/// Numbers by type of object.
const json counts{{"type", "object"}, {"additionalProperties", integer}};

json staying() {
  return array_of(object(
    {{"type", ref("ObjectType")}, {"id", integer}, {"reason", text}, {"error", text}}));
}

json kept() {
  return array_of({{"type", "string"},
                   {"enum",
                    {"tag", "comment", "xml", "term", "number", "boolean", "timestamp",
                     "map", "file", "list"}}});
}

json new_deletion() {
  return about_many({{"type", ref("ObjectType")},
                     {"preview", boolean},
                     {"contents", boolean},
                     {"confirm", boolean},
                     {"keep", kept()}},
                    {"preview", "contents", "confirm", "keep"});
}

json deletion() {
  return object({{"preview", boolean},
                 {"trash", nullable(integer)},
                 {"purgeAfter", nullable(time_text)},
                 {"counts", counts},
                 {"others", counts},
                 {"bytes", integer},
                 {"needsConfirm", boolean},
                 {"blocked", staying()},
                 {"left", staying()}});
}

json trash() {
  return object({{"id", integer},
                 {"title", text},
                 {"counts", counts},
                 {"bytes", integer},
                 {"deleted", time_text},
                 {"purgeAfter", time_text},
                 {"deletedBy", ref("Person")},
                 {"mayPurge", boolean}});
}

json new_move(const char* to) {
  return about_many({{"type", ref("ObjectType")},
                     {to, integer},
                     {"preview", boolean},
                     {"contents", boolean}},
                    {"preview", "contents"});
}

json moved() {
  return {{"preview", boolean},
          {"counts", counts},
          {"others", counts},
          {"blocked", staying()},
          {"left", staying()}};
}

json moved_to_group() {
  auto properties = moved();
  properties["cut"] = object({{"links", integer}, {"annotations", integer}});
  properties["leftBehind"] = array_of(object({{"id", integer}, {"text", text}}));
  return object(std::move(properties));
}

json history(bool everything) {
  json properties{{"at", time_text},
                  {"action", text},
                  {"type", text},
                  {"id", integer},
                  {"account", nullable(ref("Person"))},
                  {"actingFor", nullable(ref("Person"))},
                  {"detail", {{"type", "object"}}}};
  if (everything)
    properties.update({{"session", nullable(integer)},
                       {"address", nullable(text)},
                       {"group", nullable(integer)}});
  return object(std::move(properties));
}

} // namespace

json trash_schemas() {
  return {{"NewDeletion", new_deletion()},
          {"Deletion", deletion()},
          {"Trash", trash()},
          {"TrashList", list_of("Trash")},
          {"NewMove", new_move("group")},
          {"Move", moved_to_group()},
          {"NewGift", new_move("account")},
          {"Gift", object(moved())},
          {"History", history(false)},
          {"HistoryList", list_of("History")},
          {"Audit", history(true)},
          {"AuditList", list_of("Audit")},
          {"Restored", object({{"counts", counts}, {"dropped", counts}})}};
}

} // namespace troupe::http

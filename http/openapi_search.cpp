// The shapes of what is found.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

json counted(json properties) {
  properties["count"] = integer;
  return array_of(object(std::move(properties)));
}

} // namespace

json search_schemas() {
  return {
    {"SearchItem", object({{"type", ref("ObjectType")},
                           {"id", integer},
                           {"name", text},
                           {"rank", number},
                           {"owner", ref("Person")},
                           {"group", ref("Named")},
                           {"created", time_text},
                           {"acquired", nullable(time_text)},
                           {"thumbnail", nullable(text)}})},
    {"SearchList", list_of("SearchItem")},
    {"SearchCounts",
     object({{"total", integer},
             {"types", counted({{"type", ref("ObjectType")}})},
             {"owners", counted({{"id", integer}, {"login", text}, {"name", text}})},
             {"groups", counted({{"id", integer}, {"name", text}})},
             {"tags", counted({{"text", text}})}})},
  };
}

} // namespace troupe::http

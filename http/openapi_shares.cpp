// The shapes of shares. Mirrors routes/shares.cpp.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

json shared_object() {
  return object(
    {{"type",
      {{"type", "string"}, {"enum", {"project", "dataset", "image", "screen", "plate"}}}},
     {"id", integer}});
}

json share_properties() {
  return {{"id", integer},        {"owner", ref("Person")},
          {"title", text},        {"objects", array_of(shared_object())},
          {"password", boolean},  {"download", boolean},
          {"created", time_text}, {"expires", time_text},
          {"views", integer},     {"lastView", nullable(time_text)}};
}

json made_share() {
  auto p = share_properties();
  p["token"] = text;
  p["url"] = text;
  return object(p);
}

json days_from_now() {
  return {{"type", "integer"}, {"minimum", 1}, {"maximum", 3650}, {"default", 30}};
}

json new_share() {
  const json words{{"title", text},
                   {"password", {{"type", "string"}, {"format", "password"}}},
                   {"download", boolean},
                   {"days", days_from_now()}};
  const std::vector<std::string> optional{"title", "password", "download", "days"};
  auto several = words;
  several["objects"] = array_of(shared_object());
  auto of_type = words;
  of_type["type"] = text;
  auto forms = about_many(of_type, optional);
  forms["oneOf"].push_back(object(several, optional));
  return forms;
}

} // namespace

json share_schemas() {
  return {{"Share", object(share_properties())},
          {"ShareList", object({{"items", array_of(ref("Share"))}})},
          {"MadeShare", made_share()},
          {"NewShare", new_share()},
          {"ShareChange", object({{"days", days_from_now()}}, {"days"})}};
}

} // namespace troupe::http

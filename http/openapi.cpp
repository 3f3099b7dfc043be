#include "http/openapi.hpp"

#include "http/route.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace troupe::http {

using nlohmann::json;

namespace {

json schema_named(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string{name}}};
}

/// A media type speaks for itself, a name stands for a schema; one of several.
json content_of(std::string_view what) {
  auto out = json::object();
  while (!what.empty()) {
    const auto one = what.substr(0, what.find(", "));
    what.remove_prefix(std::min(one.size() + 2, what.size()));
    if (one == "binary")
      out["application/offset+octet-stream"] = json::object();
    else if (one.find('/') != one.npos)
      out[std::string{one}] = json::object();
    else
      out["application/json"] = {{"schema", schema_named(one)}};
  }
  return out;
}

json parameters_of(const route& r) {
  auto out = json::array();
  std::string_view pattern = r.pattern;
  for (auto open = pattern.find('{'); open != pattern.npos;
       open = pattern.find('{', open + 1)) {
    auto name = std::string{pattern.substr(open + 1, pattern.find('}', open) - open - 1)};
    auto type = name == "actor" || name == "request" ? "string" : "integer";
    out.push_back(
      {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", type}}}});
  }
  for (auto& p : r.query)
    out.push_back({{"name", p.name},
                   {"in", "query"},
                   {"required", p.required},
                   {"description", p.description},
                   {"schema", {{"type", p.type}}}});
  if (r.who == access::session)
    out.push_back({{"name", "group"},
                   {"in", "query"},
                   {"required", false},
                   {"description", "an id: only what is in this group is there, and what "
                                   "is made goes there"},
                   {"schema", {{"type", "integer"}}}});
  if (r.body == std::string_view{"binary"})
    out.push_back({{"name", "Upload-Offset"},
                   {"in", "header"},
                   {"required", true},
                   {"description", "bytes the server has"},
                   {"schema", {{"type", "integer"}}}});
  return out;
}

bool may_be_job(const route& r) {
  return std::any_of(r.query.begin(), r.query.end(),
                     [](auto& p) { return p.name == std::string_view{"background"}; });
}

json operation_of(const route& r) {
  json success{{"description", r.summary}};
  if (*r.reply)
    success["content"] = content_of(r.reply);
  json refusal{
    {"description", "refused"},
    {"content", {{"application/problem+json", {{"schema", schema_named("Problem")}}}}}};
  json out{{"summary", r.summary},
           {"operationId",
            [&] {
              auto id = std::string{r.method} + r.pattern;
              std::replace_if(
                id.begin(), id.end(),
                [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
              return id;
            }()},
           {"responses", {{std::to_string(r.success), success}, {"default", refusal}}}};
  if (may_be_job(r))
    out["responses"]["202"] = {{"description", "a job does it"},
                               {"content", content_of("Job")}};
  if (auto parameters = parameters_of(r); !parameters.empty())
    out["parameters"] = parameters;
  if (*r.body)
    out["requestBody"] = {{"required", true}, {"content", content_of(r.body)}};
  if (r.who == access::anyone)
    out["security"] = json::array();
  return out;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

json describe() {
  json paths = json::object();
  for (auto* table : route_tables())
    for (auto& r : *table)
      paths[r.pattern][lower(r.method)] = operation_of(r);
  return {
    {"openapi", "3.1.0"},
    {"info",
     {{"title", "Troupe"},
      {"version", TROUPE_VERSION},
      {"summary", "An image data server for microscopy"},
      {"license", {{"name", "BSD-3-Clause"}, {"identifier", "BSD-3-Clause"}}}}},
    {"servers", json::array({{{"url", "/"}}})},
    {"security", json::array({{{"bearer", json::array()}}, {{"cookie", json::array()}}})},
    {"paths", paths},
    {"components",
     {{"schemas", openapi_schemas()},
      {"securitySchemes",
       {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
        {"cookie",
         {{"type", "apiKey"}, {"in", "cookie"}, {"name", "troupe_session"}}}}}}}};
}

} // namespace

const json& openapi_document() {
  static const auto document = describe();
  return document;
}

} // namespace troupe::http

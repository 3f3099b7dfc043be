// JSON Schema in few words.

#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace troupe::http {

using nlohmann::json;

inline json ref(const char* name) {
  return {{"$ref", std::string{"#/components/schemas/"} + name}};
}
inline json array_of(json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}
inline json nullable(json schema) {
  return {{"anyOf", json::array({std::move(schema), {{"type", "null"}}})}};
}

inline const json integer{{"type", "integer"}};
inline const json number{{"type", "number"}};
inline const json text{{"type", "string"}};
inline const json boolean{{"type", "boolean"}};
inline const json time_text{{"type", "string"}, {"format", "date-time"}};

/// An object whose properties are all required, but for those in `optional`.
inline json object(json properties, std::vector<std::string> optional = {}) {
  auto required = json::array();
  for (auto& [name, schema] : properties.items())
    if (std::find(optional.begin(), optional.end(), name) == optional.end())
      required.push_back(name);
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)}};
}

/// The body of a request about many objects: their ids, or a selection.
inline json about_many(const json& properties,
                       const std::vector<std::string>& optional = {},
                       const char* list = "ids") {
  auto with = [&](const char* name, json what) {
    auto all = properties;
    all[name] = std::move(what);
    return object(std::move(all), optional);
  };
  return {{"oneOf", json::array({with(list, array_of(integer)),
                                 with("selection", ref("Selection"))})}};
}

inline json list_of(const char* item) {
  return object(
    {{"items", array_of(ref(item))}, {"total", integer}, {"next", nullable(text)}});
}

} // namespace troupe::http

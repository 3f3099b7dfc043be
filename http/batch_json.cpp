#include "http/batch_json.hpp"

#include "http/arguments.hpp"
#include "http/encode.hpp"

#include <fmt/format.h>

namespace troupe::http {

std::vector<int64_t> ids_field(const nlohmann::json& body, const char* name) {
  auto found = body.find(name);
  if (found == body.end() || !found->is_array())
    throw failure{errc::bad_request, fmt::format("{} is missing or no list", name)};
  std::vector<int64_t> ids;
  for (auto& id : *found) {
    if (!is_integer(id))
      throw failure{errc::bad_request, fmt::format("{} must be a list of ids", name)};
    ids.push_back(id.get<int64_t>());
  }
  return ids;
}

object_name object_field(const nlohmann::json& body, const char* name) {
  auto found = body.find(name);
  if (found == body.end() || !found->is_object())
    throw failure{errc::bad_request,
                  fmt::format("{} is missing or no {{type, id}}", name)};
  const auto id = integer_if(*found, "id");
  if (!id)
    throw failure{errc::bad_request, fmt::format("{} has no id", name)};
  return {object_type_named(text_field(*found, "type")), *id};
}

web_response encode(const batch_result& r) {
  auto refused = nlohmann::json::array();
  for (auto& x : r.refused)
    refused.push_back({{"id", x.id}, {"reason", x.reason}, {"error", to_string(x.why)}});
  return document({{"done", r.done}, {"refused", refused}});
}

} // namespace troupe::http

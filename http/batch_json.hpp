// Requests for many objects, and what became of each.

#pragma once

#include "http/object_path.hpp"
#include "schema/queries/downloads.hpp"
#include "schema/queries/selection.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

/// A list of ids. @throws failure{bad_request} naming the field.
std::vector<int64_t> ids_field(const nlohmann::json& body, const char* name);

/// What a request is about: a list of ids, or a selection.
struct chosen_objects {
  std::vector<int64_t> ids;
  std::optional<selection> chosen;
};
/// `list`, or instead of it "selection": {"query": "mitosis -tag:done", "within":
/// "dataset:5" or a list of such, "plus": ["image:3"], "minus": ["image:4"]}.
/// @param type  of the objects; `plus` and `minus` must name such.
/// @throws failure{bad_request} naming the field, also for one that is unknown.
chosen_objects objects_in(const nlohmann::json& body, object_type type,
                          const char* list = "ids");

/// Objects of several types, or one type's ids, or a selection of that type.
struct listed_objects {
  std::vector<object_id> objects;
  object_type type = object_type::image;
  std::vector<int64_t> ids; ///< of that type
  std::optional<selection> chosen;
};
/// {"objects": [{"type", "id"}, ...]}, {"type", "ids"} or {"type", "selection"}.
/// @throws failure{bad_request} naming the field.
listed_objects listed_objects_in(const nlohmann::json& body);

/// {"type": "dataset", "id": 5}
object_name object_field(const nlohmann::json& body, const char* name);

/// 200 with {"done": [...], "refused": [{"id", "reason", "error"}]}.
web_response encode(const batch_result& r);

} // namespace troupe::http

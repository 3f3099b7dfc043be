// Requests for many objects, and what became of each.

#pragma once

#include "http/object_path.hpp"
#include "schema/queries/batch.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

/// A list of ids. @throws failure{bad_request} naming the field.
std::vector<int64_t> ids_field(const nlohmann::json& body, const char* name);

/// {"type": "dataset", "id": 5}
object_name object_field(const nlohmann::json& body, const char* name);

/// 200 with {"done": [...], "refused": [{"id", "reason", "error"}]}.
web_response encode(const batch_result& r);

} // namespace troupe::http

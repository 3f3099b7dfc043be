// A document as JSON: for memos, and for the answer of the child process.

#pragma once

#include "storage/metadata/document.hpp"

#include <nlohmann/json.hpp>

namespace troupe::metadata {

void to_json(nlohmann::json& j, const part& p);
void from_json(const nlohmann::json& j, part& p);
void to_json(nlohmann::json& j, const document& d);
/// @throws nlohmann::json::exception, failure{unreadable} when it is not what to_json()
/// makes.
void from_json(const nlohmann::json& j, document& d);

} // namespace troupe::metadata

// A description as JSON: for memos, and for the answer of the child process.

#pragma once

#include "storage/formats/description.hpp"

#include <nlohmann/json.hpp>

namespace troupe::formats {

/// Numbers JSON cannot hold are the strings "nan", "inf" and "-inf".
nlohmann::json number_in_json(double v);
double number_of_json(const nlohmann::json& j);

nlohmann::json to_json(const description& d);
/// @throws nlohmann::json::exception, failure{internal} when it is not what to_json()
/// makes.
description description_of_json(const nlohmann::json& j);

} // namespace troupe::formats

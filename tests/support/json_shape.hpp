// Whether a JSON document has the shape that was promised, see http/omero/contract.hpp.

#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace troupe::test {

/// @returns where and how it differs, empty when it does not.
std::string shape_differs(const nlohmann::json& value, const nlohmann::json& shape,
                          const std::string& where = "answer");

} // namespace troupe::test

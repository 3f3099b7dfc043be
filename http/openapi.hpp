// The API's own description, OpenAPI 3.1, made from the tables of routes.

#pragma once

#include <nlohmann/json_fwd.hpp>

namespace troupe::http {

const nlohmann::json& openapi_document();

/// components/schemas: the bodies and replies that routes name.
nlohmann::json openapi_schemas();
/// Those of settings and samples.
nlohmann::json picture_schemas();

} // namespace troupe::http

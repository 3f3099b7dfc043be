// A shape to be measured, as the API's JSON.

#pragma once

#include "storage/measurement/shape.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::http {

/// {"type": "rectangle", "x", "y", "width", "height"}, "ellipse" (x, y, radiusX,
/// radiusY), "polygon" and "polyline" ("points": [[x, y], ...]), "line" (x1, y1, x2, y2),
/// "point" (x, y). @throws failure{bad_request} naming what is missing.
measurement::shape shape_in(const nlohmann::json& body);

} // namespace troupe::http

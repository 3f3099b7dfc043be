// What was measured of shapes, as the API shows it.

#pragma once

#include "actors/measurements.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::http {

/// Null without a number, and for those JSON cannot hold.
nlohmann::json number_or_null(std::optional<double> n);

/// [{channel, points, min, max, mean, sum, deviation}]
nlohmann::json json_of(const shape_statistics& s);

} // namespace troupe::http

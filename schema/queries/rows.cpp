#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace troupe {

nlohmann::json number_to_json(double value) {
  if (std::isnan(value))
    return "NaN";
  if (std::isinf(value))
    return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

double number_from_json(const nlohmann::json& value) {
  if (value.is_number())
    return value.get<double>();
  const auto& word = value.get_ref<const std::string&>();
  if (word == "Infinity")
    return std::numeric_limits<double>::infinity();
  if (word == "-Infinity")
    return -std::numeric_limits<double>::infinity();
  return std::numeric_limits<double>::quiet_NaN();
}

std::string array_of(const std::vector<int64_t>& ids) {
  return fmt::format("{{{}}}", fmt::join(ids, ","));
}

} // namespace troupe

#include "http/statistics_json.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace troupe::http {

nlohmann::json number_or_null(std::optional<double> n) {
  return n && std::isfinite(*n) ? nlohmann::json(*n) : nlohmann::json{};
}

nlohmann::json json_of(const shape_statistics& s) {
  auto channels = nlohmann::json::array();
  for (auto& c : s.channels)
    channels.push_back({{"channel", c.index},
                        {"points", c.found.points},
                        {"min", number_or_null(c.found.min)},
                        {"max", number_or_null(c.found.max)},
                        {"mean", number_or_null(c.found.mean)},
                        {"sum", number_or_null(c.found.sum)},
                        {"deviation", number_or_null(c.found.deviation)}});
  return channels;
}

} // namespace troupe::http

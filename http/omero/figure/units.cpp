// Lengths in other units.

#include "http/encode.hpp"
#include "http/omero/marshal/values.hpp"
#include "http/omero/refusal.hpp"
#include "http/omero/tables.hpp"
#include "storage/formats/ome_units.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace troupe::http::omero {

namespace {

/// @throws failure{bad_request} for what is no metric length.
double nanometres_of(double value, const std::string& unit) {
  const auto found = formats::in_nanometres(value, length_symbol(unit));
  if (!found)
    throw failure{errc::bad_request, fmt::format("there is no unit {}", unit)};
  return *found;
}

web_response converted_length(call& c) {
  const auto& text = c.in.captured.at("value");
  double value = 0;
  const auto end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value))
    throw failure{errc::bad_request, fmt::format("{} is no number", text)};
  const auto& unit = c.in.captured.at("to");
  const auto result =
    nanometres_of(value, c.in.captured.at("from")) / nanometres_of(1, unit);
  return document({{"value", result}, {"unit", unit}, {"symbol", length_symbol(unit)}});
}

} // namespace

const std::vector<route> figure_unit_routes = routes_of({
  {"GET", "/figure/unit_conversion/{value}/{from}/{to}", manner::data,
   telling_errors(converted_length)},
});

} // namespace troupe::http::omero

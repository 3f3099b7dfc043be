// Lengths and times as OME writes them: a number and the name of its unit.

#pragma once

#include "storage/formats/description.hpp"

namespace troupe::formats {

/// @returns nothing for a unit that is no time.
std::optional<double> in_seconds(double value, const std::string& unit);
/// @returns nothing for a unit that is no metric length.
std::optional<double> in_nanometres(double value, const std::string& unit);

/// A date and time of the xsd:dateTime form as RFC 3339 (UTC where no zone is given),
/// empty when it is no date.
std::string rfc3339(const std::string& date);

} // namespace troupe::formats

// Lengths, times and colours as OME writes them.

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

/// A colour as a signed or unsigned number, 0xRRGGBBAA; nothing for other numbers.
std::optional<rgba> color_of(std::optional<double> number);

} // namespace troupe::formats

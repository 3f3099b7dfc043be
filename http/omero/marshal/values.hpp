// Values that have a form of their own in OMERO's JSON: types, units, colours.

#pragma once

#include "http/omero/marshal/text.hpp"
#include "storage/metadata/quantity.hpp"

#include <optional>

namespace troupe::http::omero {

/// "http://www.openmicroscopy.org/Schemas/OME/2016-06#Project".
std::string type_named(std::string_view name);

/// A number and its unit as {"@type", "Unit", "Symbol", "Value"}; "" when either is
/// missing. @param unit  as files write it: "µm", "reference frame".
std::string length_text(const nlohmann::json& value, const nlohmann::json& unit);
/// The same of {"value", "unit"}.
std::string length_text(const nlohmann::json& quantity);
std::string length_text(const std::optional<metadata::quantity>& quantity);
std::string time_text(const std::optional<metadata::quantity>& quantity);
/// "µm" of "MICROMETER"; a name that is not known stays.
std::string length_symbol(std::string_view unit);
/// "MICROMETER" of "µm"; a sign that is not known stays.
std::string length_unit(const std::string& symbol);

/// 0xRRGGBBAA as the number that OMERO stores: the same bits with a sign.
int32_t signed_color(int64_t rgba);

/// A word out of OMERO's lists: {"@type": "TBD#PixelsType", "@id", "value", details}.
/// Words that OMERO does not know have the number 0.
std::string enum_text(std::string_view list, std::string_view value);

} // namespace troupe::http::omero

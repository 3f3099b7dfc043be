// Devices and settings of OME-XML, by a table of what they have.

#pragma once

#include "storage/formats/ome_reading.hpp"

namespace troupe::formats {

/// Reads an element and those inside it. Names of older schemas become today's; what
/// the table does not list is left out.
/// @returns nothing for an element that is no device or setting.
std::optional<metadata::part> part_of(const pugi::xml_node& node, ome_reading& r);

/// Those children of a node that are devices or settings.
std::vector<metadata::part> parts_of(const pugi::xml_node& node, ome_reading& r);

} // namespace troupe::formats

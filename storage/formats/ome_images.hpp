// Images of OME-XML: sizes, channels, planes, and where their pixels are.

#pragma once

#include "storage/formats/ome_xml.hpp"
#include "storage/formats/xml.hpp"

namespace troupe::formats {

/// @param node  an Image element. @throws failure{unreadable} for impossible sizes.
ome_image image_of(const pugi::xml_node& node);

} // namespace troupe::formats

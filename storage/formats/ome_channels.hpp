// Channels as elements of OME-XML.

#pragma once

#include "storage/formats/xml.hpp"

namespace troupe::formats {

struct channel_element {
  pugi::xml_node node;
  int32_t samples = 1; ///< channels it stands for
};

/// The Channel elements of an image, or before 2010 its LogicalChannel elements, once
/// per component.
/// @throws failure{unreadable} when they do not fit SizeC.
std::vector<channel_element> channel_elements(const pugi::xml_node& image);

} // namespace troupe::formats

// One shape of a region of interest in OME-XML.

#pragma once

#include "storage/formats/xml.hpp"
#include "storage/metadata/roi.hpp"

#include <stdexcept>

namespace troupe::formats {

/// Why a shape is left out; completes "a Polygon ...".
struct bad_shape : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// @param node  the element of the shape. @param outer  the one with its style: the same,
///              or before 2015 the Shape element around it.
/// @throws bad_shape.
metadata::shape shape_of(const pugi::xml_node& node, const pugi::xml_node& outer);

} // namespace troupe::formats

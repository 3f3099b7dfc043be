// Shapes in the words of OMERO's older pages: SVG paths, "#rrggbb" and opacity.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// @param ours  a shape as find_shape and list_rois tell it.
json shape_mark(const json& ours);

} // namespace troupe::http::omero

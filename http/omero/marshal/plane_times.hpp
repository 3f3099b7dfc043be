// When the time points of an image were taken.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// Seconds from the first plane on, for each time point: of section 0 and channel 0, else
/// of the first plane of that time point that says so, else by the time increment, else
/// 0. Nothing for a single time point.
std::vector<double> plane_times(call& c, const image_details& image);

} // namespace troupe::http::omero

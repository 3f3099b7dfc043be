// Requests whose rendering parameters must be complete: the _rdef addresses, and saving.

#pragma once

#include "http/omero/face.hpp"

namespace troupe::http::omero {

/// What is missing or wrong: `c` with a window and a colour for every item, `m`, and
/// `maps` of the same length where it is there. Empty when nothing is.
std::string rendering_mistake(const web_request& in);

/// The handler, after a 400 for every mistake.
std::function<web_response(call&)> strictly(web_response (*run)(call&));

} // namespace troupe::http::omero

// Refusals in the forms that OMERO's clients read.

#pragma once

#include "http/omero/face.hpp"

namespace troupe::http::omero {

/// @param answer  of any kind; one that is a problem of ours is said anew.
web_response as_clients_read(call& c, manner how, web_response answer);

} // namespace troupe::http::omero

// Small pictures that clients load from OMERO's pages: icons of containers, portraits.

#pragma once

#include "http/omero/face.hpp"

namespace troupe::http::omero {

/// A JPEG, 32 x 32.
web_response portrait_of(int64_t person);

/// A PNG, 16 x 16, named as a part of the path. @throws failure{not_found}.
web_response icon_named(call& c);

} // namespace troupe::http::omero

// Objects made, replaced and deleted by the JSON API.

#pragma once

#include "http/omero/call.hpp"
#include "schema/queries/object_type.hpp"

namespace troupe::http::omero {

web_response create_object(call& c);  ///< POST save/
web_response replace_object(call& c); ///< PUT save/
/// That of {id} in the path, into the trash; what is in it stays.
web_response delete_object(call& c, object_type type);

} // namespace troupe::http::omero

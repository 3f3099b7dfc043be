// Experimenters and their groups, as the JSON API answers them.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

web_response list_experimenters(call& c);
web_response one_experimenter(call& c);
web_response list_experimenter_groups(call& c);
web_response one_experimenter_group(call& c);

} // namespace troupe::http::omero

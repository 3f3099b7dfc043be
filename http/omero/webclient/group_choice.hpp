// What is asked before objects are moved: where they could go, what would be torn.

#pragma once

#include "http/omero/face.hpp"

namespace troupe::http::omero {

/// Groups that all owners of the objects are in.
web_response groups_to_move_to(call& c);
/// Filesets of which only some images are named, as a page; empty when there are none.
web_response split_filesets(call& c);

} // namespace troupe::http::omero

// Lists of objects and single ones, as the JSON API answers them.

#pragma once

#include "http/omero/call.hpp"
#include "http/omero/marshal/objects.hpp"

namespace troupe::http::omero {

/// With the filters of path and query.
web_response list_of(call& c, object_type type);
/// That of {id} in the path.
web_response object_of(call& c, object_type type);

struct found_object {
  listed_object self;
  json facts;
  std::vector<listed_object> images; ///< in a well
  details_book whose;
};
/// All there is to tell of one. @throws refused: 404 "Project 5 not found".
found_object find_whole(call& c, object_type type, int64_t id);
/// Without links.
object_text bare_text(object_type type, const found_object& o);
/// {"data": object}.
web_response data_answer(object_text object, int status = 200);

} // namespace troupe::http::omero

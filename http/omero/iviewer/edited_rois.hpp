// What the viewer sends when regions are saved: shapes drawn, changed and deleted.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// Names that the client gave to shapes, by the region they are in.
using named_shapes = std::vector<std::pair<int64_t, std::vector<std::string>>>;

struct edited_rois {
  int64_t image = 0;
  json drawn = json::array(), modified = json::array(); ///< shapes
  named_shapes deleted;                                 ///< shapes of regions that stay
  named_shapes emptied; ///< regions that go with all shapes
};

/// The same region may come several times.
/// @throws failure{bad_request} saying what is missing or of the wrong kind.
edited_rois edited_rois_in(const std::string& body);

/// The client's name of a shape: "-1:-4711", "7:12". Empty when there is none.
std::string old_id(const json& shape);
/// The shape in "7:12". @throws failure{bad_request}.
int64_t shape_named(const std::string& old_id);

} // namespace troupe::http::omero

// A new image out of the sections of another one.

#pragma once

#include "http/omero/call.hpp"
#include "storage/render/project.hpp"

namespace troupe::http::omero {

struct projected_image {
  int64_t image = 0;
  render::projection how = render::projection::max;
  int32_t first = 0, last = 0;    ///< sections, both counted
  std::optional<int64_t> dataset; ///< where the new image goes
};

/// Projects every channel and time point, imports the result as a file, and gives it
/// name, description and settings of its source. Waits until it is there.
/// @returns its id.
/// @throws refused, failure{bad_request} for sections that the image does not have,
///         {too_large} for more samples than one request may read.
int64_t save_projection(call& c, const projected_image& what);

} // namespace troupe::http::omero

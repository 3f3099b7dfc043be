// What became of many objects, where a client expects all or nothing to be told.

#pragma once

#include "schema/queries/batch.hpp"
#include "storage/failure.hpp"

namespace troupe::http::omero {

/// @throws failure of the first object that was refused.
inline void require_all(const batch_result& r) {
  if (!r.refused.empty())
    throw failure{r.refused.front().why, r.refused.front().reason};
}

} // namespace troupe::http::omero

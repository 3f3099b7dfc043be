// Whose objects are, and in which group: asked before they are moved.

#pragma once

#include "schema/queries/batch.hpp"

namespace troupe {

struct owned_objects {
  static constexpr bool local = true;
  std::vector<seen_object> items;
};

/// Ascending, each once. @throws failure{not_found} for the first that is not visible.
struct list_owned_objects {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  using reply = owned_objects;
};
owned_objects run(soci::session& sql, const list_owned_objects& q);

} // namespace troupe

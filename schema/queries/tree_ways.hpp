// Every way through a tree to an object, from the top: also over wells and their fields,
// with where the object is among its neighbours.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"

#include <soci/soci.h>

namespace troupe {

struct way_step {
  std::string type; ///< "project" ... "image", "wellsample", "orphaned", "tagset", "tag"
  int64_t id = 0;
  int64_t owner = 0;
  /// Of what holds an image: how many there are, and how many are before it.
  std::optional<int64_t> children = {}, index = {};
};
using tree_way = std::vector<way_step>;

struct tree_ways {
  static constexpr bool local = true;
  std::vector<tree_way> items;
};

/// Of projects, datasets, images, screens, plates, runs, wells, regions, shapes and tags;
/// a region's is that of its image. None of what is not visible.
/// @throws failure{bad_request} for another type.
struct find_tree_ways {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::image;
  int64_t id = 0;
  using reply = tree_ways;
};
tree_ways run(soci::session& sql, const find_tree_ways& q);

} // namespace troupe

// Links between containers and what is in them, for who shows a tree.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"

#include <soci/soci.h>

namespace troupe {

struct tree_link {
  int64_t id = 0; ///< a number that names it, always the same
  object_type parent_type = object_type::dataset;
  int64_t parent = 0, child = 0;
};
struct tree_links {
  static constexpr bool local = true;
  std::vector<tree_link> items;
};

/// Projects of datasets, datasets of images, screens of plates, sets of tags: what is
/// visible of both. In order of children and parents.
/// @throws failure{bad_request} for another type.
struct list_tree_links {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::image; ///< of the children
  std::vector<int64_t> children;
  using reply = tree_links;
};
tree_links run(soci::session& sql, const list_tree_links& q);

/// SQL of the number that names a link, made of what identifies it: 52 bits, which every
/// client's numbers hold.
std::string link_number(std::string_view columns);

} // namespace troupe

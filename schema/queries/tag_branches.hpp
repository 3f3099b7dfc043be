// Tags as the branches of a tree: a page by number, in order of their ids.

#pragma once

#include "schema/message.hpp"

#include <soci/soci.h>

namespace troupe {

struct tag_branch {
  int64_t id = 0, owner = 0;
  std::string value, description;
  int32_t rights = 0;   ///< bits of `right`
  bool set = false;     ///< holds tags
  int64_t children = 0; ///< tags of a set, objects that carry a tag
};
struct tag_branches {
  static constexpr bool local = true;
  std::vector<tag_branch> items;
};

struct list_tag_branches {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::optional<int64_t> in, owner; ///< in this set, of this person
  bool orphaned = false;            ///< in no set
  int64_t offset = 0;
  int32_t limit = 200;
  using reply = tag_branches;
};
tag_branches run(soci::session& sql, const list_tag_branches& q);

} // namespace troupe

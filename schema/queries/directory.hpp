// People and groups by number, as far as the viewer may know of them.

#pragma once

#include "schema/queries/object_pages.hpp"

#include <soci/soci.h>

namespace troupe {

struct people_page {
  static constexpr bool local = true;
  std::vector<person_words> items;
  int64_t total = 0; ///< on all pages
};
/// In order of last and first names in lower case: everybody active, for administrators
/// everybody.
struct list_directory {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::optional<int64_t> id, group; ///< members of a group, none of one that is not seen
  int64_t offset = 0;
  int32_t limit = 200;
  using reply = people_page;
};
people_page run(soci::session& sql, const list_directory& q);

struct group_page {
  static constexpr bool local = true;
  std::vector<group_words> items;
  int64_t total = 0;
};
/// In order of names in lower case: the viewer's groups, for administrators all.
struct list_group_directory {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::optional<int64_t> id, account; ///< those it belongs to
  int64_t offset = 0;
  int32_t limit = 200;
  using reply = group_page;
};
group_page run(soci::session& sql, const list_group_directory& q);

} // namespace troupe

// How much room the files take, by person or by group.

#pragma once

#include "schema/message.hpp"

#include <soci/soci.h>

namespace troupe {

struct taken_space {
  int64_t id = 0; ///< of a person, or a group
  std::string name;
  int64_t bytes = 0;
};
struct taken_spaces {
  static constexpr bool local = true;
  std::vector<taken_space> items;
};

/// Of filesets and attachments that the viewer sees; the most first.
struct list_taken_space {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  bool by_group = false;                ///< else by person
  std::optional<int64_t> group, person; ///< only in it, only theirs
  using reply = taken_spaces;
};
taken_spaces run(soci::session& sql, const list_taken_space& q);

} // namespace troupe

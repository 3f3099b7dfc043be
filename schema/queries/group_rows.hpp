// Rows of groups and of their members.

#pragma once

#include "schema/queries/groups.hpp"

namespace troupe {

struct group_choice {
  bool mine = true; ///< only those the viewer belongs to
  int64_t id = 0;   ///< 0 = all
};
std::vector<group_record> read_groups(soci::session& sql, const viewer& who,
                                      const group_choice& which);
std::vector<group_member> read_members(soci::session& sql, int64_t group);

} // namespace troupe

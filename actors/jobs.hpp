// Long work that nobody waits for, one step after another; jobs take turns. All that is
// known of them is in the database: a restart goes on where the last step ended.

#pragma once

#include "actors/database.hpp"

namespace troupe {

/// There may be one. Answered at once.
struct look_for_jobs {
  static constexpr bool local = true;
  using reply = done;
};

/// Finds those of before a restart, or of while the database was away.
struct patrol_jobs {
  static constexpr bool local = true;
  using reply = done;
};

using jobs_actor =
  caf::typed_actor<ask<look_for_jobs>, ask<patrol_jobs>, ask<drain>, ask<get_status>>;

room_actor start_jobs(start_context& at);

} // namespace troupe

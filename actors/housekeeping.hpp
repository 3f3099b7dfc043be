// What nobody waits for: words of objects that were annotated by the thousand, deletions
// whose time is over and their files, jobs that ended long ago.

#pragma once

#include "actors/database.hpp"

namespace troupe {

/// One round of it. Rounds come by themselves.
struct keep_house {
  static constexpr bool local = true;
  using reply = done;
};

using housekeeping_actor = caf::typed_actor<ask<keep_house>, ask<drain>, ask<get_status>>;

room_actor start_housekeeping(start_context& at);

} // namespace troupe

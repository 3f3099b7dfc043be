// Makes the levels that files of big images lack, one image at a time, behind all else.

#pragma once

#include "actors/database.hpp"

namespace troupe {

/// There may be work: jobs in the database, or pyramids whose folder is gone.
struct look_for_pyramids {
  static constexpr bool local = true;
  using reply = done;
};

/// Stops its making, removes it from the cache folder and the image. With `again` it is
/// made anew. Administrators only.
struct remove_pyramid {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t image = 0;
  bool again = false;
  using reply = done;
};

/// Finds those that somebody deleted from the cache folder.
struct patrol_pyramids {
  static constexpr bool local = true;
  using reply = done;
};

using pyramids_actor = caf::typed_actor<ask<look_for_pyramids>, ask<patrol_pyramids>,
                                        ask<remove_pyramid>, ask<drain>, ask<get_status>>;

room_actor start_pyramids(start_context& at);

} // namespace troupe

// Looks at every actor once a second: keeps the figures of the day, feeds who listens.

#pragma once

#include "actors/supervisor.hpp"

namespace troupe::http {

using troupe::inspect; // of local messages

class desk;

/// Time to look; the observer tells itself.
struct look_around {
  static constexpr bool local = true;
  using reply = done;
};

/// A new supervisor has taken over; the bridge, which it starts again, tells.
struct meet_supervisor {
  static constexpr bool local = true;
  supervisor_actor who;
  using reply = done;
};

using observer_actor =
  caf::typed_actor<ask<look_around>, ask<meet_supervisor>, ask<drain>, ask<get_status>>;

room_actor start_observer(start_context& at, desk& front);

} // namespace troupe::http

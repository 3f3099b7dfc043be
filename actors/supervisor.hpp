// Starts the roster top to bottom, restarts what dies with all below it, reports on all.

#pragma once

#include "actors/room.hpp"

#include <deque>
#include <memory>

namespace troupe {

/// The running rooms and what they were started with. Main keeps it, so that a new
/// supervisor adopts what an earlier one started; only the supervisor touches it.
struct company {
  company(caf::actor_system& sys, configuration cfg, std::vector<room_kind> rows);
  struct room {
    room_kind kind;
    room_actor actor;
    int64_t restarts = 0;
    std::string state = "restarting"; ///< running, draining, restarting, failed
    std::string trouble;              ///< why it does not run
    std::deque<std::chrono::steady_clock::time_point> deaths;
  };
  configuration config;
  start_context at;
  std::vector<room> rooms;
  bool opened = false; ///< the first start is done
  int64_t supervisors = 0;
};
using company_ptr = std::shared_ptr<company>;

struct company_report {
  static constexpr bool local = true;
  std::vector<actor_figures> actors;
  std::vector<std::string> missing; ///< rooms that do not run, with the reason
};
struct get_company {
  static constexpr bool local = true;
  using reply = company_report;
};

/// Kills that room, or the supervisor itself; it comes back like after any death.
/// @throws failure{not_found}.
struct restart_room {
  static constexpr bool local = true;
  std::string name;
  using reply = done;
};

/// Lets that room and those below it finish what is in their queues, then starts them
/// anew. What they are asked meanwhile is refused.
/// @throws failure{not_found}, {conflict} for one that does not run.
struct drain_room {
  static constexpr bool local = true;
  std::string name;
  using reply = done;
};

/// Looks whether the room that is drained has finished; the supervisor tells itself.
struct watch_drained {
  static constexpr bool local = true;
  size_t row = 0;
  using reply = done;
};

/// Starts the rows from `first` on that do not run; the supervisor tells itself.
struct start_rows {
  static constexpr bool local = true;
  size_t first = 0;
  using reply = done;
};

using supervisor_actor =
  caf::typed_actor<ask<get_company>, ask<restart_room>, ask<drain_room>,
                   ask<watch_drained>, ask<start_rows>, ask<drain>, ask<get_status>>;

struct supervisor_state : room_state {
  static inline const char* name = "supervisor";
  supervisor_state() = default;
  company_ptr staff;
};

supervisor_actor::behavior_type
supervisor(supervisor_actor::stateful_pointer<supervisor_state> self, company_ptr staff);

} // namespace troupe

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(troupe::company_ptr)

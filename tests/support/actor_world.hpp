// Actors on a scheduler and a clock that the test drives by hand: no threads, no sleeping.

#pragma once

#include <caf/all.hpp>
#include <caf/scheduler/test_coordinator.hpp>

namespace troupe::test {

struct actor_world {
  struct settings : caf::actor_system_config {
    settings() { set("scheduler.policy", caf::atom("testing")); }
  };
  settings config;
  caf::actor_system system{config};
  caf::scoped_actor self{system};
  caf::scheduler::test_coordinator& clock
    = dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler());

  /// Runs what is left, pending timeouts too: the system waits for them otherwise.
  ~actor_world() {
    do
      clock.run();
    while (clock.trigger_timeouts() > 0);
  }

  /// Sends `message` to `room` and runs every actor until all is quiet. @returns the answer.
  template <class Room, class M>
  caf::expected<typename M::reply> ask(const Room& room, M message) {
    caf::expected<typename M::reply> out{caf::sec::request_timeout};
    auto response = self->request(room, caf::infinite, std::move(message));
    clock.run();
    response.receive([&](typename M::reply& r) { out = std::move(r); },
                     [&](caf::error& e) { out = std::move(e); });
    return out;
  }
};

} // namespace troupe::test

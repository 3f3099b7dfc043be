#include "actors/supervisor.hpp"

#include "tests/support/actor_world.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

using plain_actor = caf::typed_actor<ask<drain>, ask<get_status>>;

struct plain_state : room_state {
  static inline const char* name = "plain";
  plain_state() = default;
};

plain_actor::behavior_type plain(plain_actor::stateful_pointer<plain_state> self) {
  return room_behavior(self, [](status_report&) {});
}

room_kind row(const char* name) {
  return {name, [](start_context& at) { return room_actor{at.system.spawn(plain)}; }};
}

/// Has jobs as long as `left` says so.
plain_actor::behavior_type busy(plain_actor::stateful_pointer<plain_state> self,
                                std::shared_ptr<int64_t> left) {
  return room_behavior(self, [left](status_report& r) { r.actors[0].jobs = *left; });
}

struct supervised_world : test::actor_world {
  std::shared_ptr<int64_t> jobs = std::make_shared<int64_t>(0); ///< of the third
  room_kind third{"third", [this](start_context& at) {
                    return room_actor{at.system.spawn(busy, jobs)};
                  }};
  company_ptr staff = std::make_shared<company>(
    system, configuration{}, std::vector<room_kind>{row("first"), row("second"), third});
  supervisor_actor head = system.spawn(supervisor, staff);

  supervised_world() { clock.run(); }
  ~supervised_world() {
    caf::anon_send_exit(head, caf::exit_reason::user_shutdown);
    clock.run();
    head = nullptr;
    staff = nullptr;
  }

  void kill(size_t room) {
    caf::anon_send_exit(staff->rooms[room].actor, caf::exit_reason::kill);
    settle();
  }
  /// Runs everything, pauses before restarts too.
  void settle() {
    do
      clock.run();
    while (clock.trigger_timeouts() > 0);
  }
  std::vector<int64_t> restarts() const {
    std::vector<int64_t> out;
    for (auto& r : staff->rooms)
      out.push_back(r.restarts);
    return out;
  }
};

} // namespace

TEST_CASE_FIXTURE(
  supervised_world,
  "supervisor: the dead room and those below start again, those above go on") {
  auto first = staff->rooms[0].actor;
  kill(1);
  CHECK(restarts() == std::vector<int64_t>{0, 1, 1});
  CHECK(staff->rooms[0].actor == first);
  for (auto& r : staff->rooms)
    CHECK(r.state == "running");
}

TEST_CASE_FIXTURE(
  supervised_world,
  "supervisor: a drained room and those below finish their jobs before they start anew") {
  *jobs = 2;
  REQUIRE(ask(head, drain_room{"second"}));
  clock.run();
  CHECK(staff->rooms[1].state == "draining");
  CHECK(restarts() == std::vector<int64_t>{0, 0, 0});
  auto report = ask(head, get_company{});
  REQUIRE(report);
  CHECK(report->missing.empty());
  CHECK(std::count_if(report->actors.begin(), report->actors.end(),
                      [](auto& a) { return a.state == "draining"; })
        == 1);
  *jobs = 0;
  settle();
  CHECK(restarts() == std::vector<int64_t>{0, 1, 1});
  for (auto& r : staff->rooms)
    CHECK(r.state == "running");
}

TEST_CASE_FIXTURE(supervised_world, "supervisor: who is no room cannot be drained") {
  auto refused = ask(head, drain_room{"fourth"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == errc::not_found);
}

TEST_CASE_FIXTURE(supervised_world,
                  "supervisor: a room that dies while it is drained is back at once") {
  *jobs = 1;
  REQUIRE(ask(head, drain_room{"second"}));
  kill(1);
  CHECK(staff->rooms[1].state == "running");
  CHECK(restarts() == std::vector<int64_t>{0, 1, 1});
}

TEST_CASE_FIXTURE(supervised_world,
                  "supervisor: a room that keeps dying is given up, the others go on") {
  for (int i = 0; i < 6; ++i)
    kill(2);
  CHECK(staff->rooms[2].state == "failed");
  CHECK(staff->rooms[0].state == "running");
  auto report = ask(head, get_company{});
  REQUIRE(report);
  REQUIRE(report->missing.size() == 1);
  CHECK(report->missing[0].find("third: failed") == 0);
}

TEST_CASE_FIXTURE(supervised_world,
                  "supervisor: an administrator revives a room that was given up") {
  for (int i = 0; i < 6; ++i)
    kill(2);
  REQUIRE(ask(head, restart_room{"third"}));
  settle();
  CHECK(staff->rooms[2].state == "running");
}

TEST_CASE_FIXTURE(
  supervised_world,
  "supervisor: a new one adopts the rooms and starts only the last again") {
  auto first = staff->rooms[0].actor, last = staff->rooms[2].actor;
  caf::anon_send_exit(head, caf::exit_reason::kill);
  settle();
  head = system.spawn(supervisor, staff);
  settle();
  CHECK(staff->rooms[0].actor == first);
  CHECK(staff->rooms[2].actor != last);
  CHECK(restarts() == std::vector<int64_t>{0, 0, 1});
  kill(0); // it watches what it adopted
  CHECK(restarts() == std::vector<int64_t>{1, 1, 2});
}

TEST_CASE_FIXTURE(supervised_world,
                  "supervisor: reports every room by the name of its row") {
  auto report = ask(head, get_company{});
  REQUIRE(report);
  std::vector<std::string> names;
  for (auto& a : report->actors)
    names.push_back(a.name);
  CHECK(names == std::vector<std::string>{"supervisor", "first", "second", "third"});
  CHECK(report->missing.empty());
}

TEST_CASE_FIXTURE(supervised_world,
                  "supervisor: a room that nobody knows cannot be restarted") {
  auto answer = ask(head, restart_room{"fourth"});
  REQUIRE_FALSE(answer);
  CHECK(answer.error() == errc::not_found);
}

TEST_CASE("supervisor: a room that does not start is tried again, and those below wait") {
  test::actor_world w;
  auto tries = std::make_shared<int>(0);
  room_kind stubborn{"stubborn", [tries](start_context& at) -> room_actor {
                       if (++*tries < 3)
                         throw std::runtime_error{"not yet"};
                       return at.system.spawn(plain);
                     }};
  auto staff = std::make_shared<company>(w.system, configuration{},
                                         std::vector<room_kind>{stubborn, row("below")});
  auto head = w.system.spawn(supervisor, staff);
  w.clock.run();
  CHECK(staff->rooms[0].state == "restarting");
  CHECK_FALSE(staff->rooms[1].actor);
  do
    w.clock.run();
  while (w.clock.trigger_timeouts() > 0);
  CHECK(*tries == 3);
  CHECK(staff->rooms[1].state == "running");
  caf::anon_send_exit(head, caf::exit_reason::user_shutdown);
  w.clock.run();
}

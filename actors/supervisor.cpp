#include "actors/supervisor.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace troupe {

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;
using supervisor_pointer = supervisor_actor::stateful_pointer<supervisor_state>;

constexpr size_t deaths_a_minute = 5; ///< of one room; then it stays down

void start(supervisor_pointer self, size_t i) {
  auto& staff = *self->state.staff;
  auto& r = staff.rooms[i];
  try {
    r.actor = r.kind.start(staff.at);
    self->monitor(r.actor);
    r.state = "running";
    r.trouble.clear();
  } catch (const std::exception& e) {
    r.state = "restarting";
    r.trouble = e.what();
    spdlog::error("room does not start room={} reason=\"{}\"", r.kind.name, e.what());
    caf::delayed_anon_send(supervisor_actor{self}, 500ms, start_rows{i});
    throw;
  }
}

/// Starts what does not run from row `first` on; rows below a missing one wait for it.
void start_missing(supervisor_pointer self, size_t first) {
  auto& rooms = self->state.staff->rooms;
  try {
    for (auto i = first; i < rooms.size(); ++i)
      if (!rooms[i].actor && rooms[i].state != "failed")
        start(self, i);
  } catch (const std::exception&) {
    // start() has arranged another attempt.
  }
}

void stop(supervisor_pointer self, company::room& r, caf::exit_reason why) {
  if (!r.actor)
    return;
  self->demonitor(r.actor.address());
  self->send_exit(r.actor, why);
  r.actor = nullptr;
  r.state = "restarting";
}

/// @returns how long to wait before the next start; nothing when the room gave its last.
std::optional<clock::duration> next_start(company::room& r) {
  auto now = clock::now();
  while (!r.deaths.empty() && now - r.deaths.front() > 60s)
    r.deaths.pop_front();
  r.deaths.push_back(now);
  if (r.deaths.size() > deaths_a_minute)
    return std::nullopt;
  return r.deaths.size() == 1 ? 0ms : 20ms * (1 << r.deaths.size());
}

/// Stops what runs from row `first` on, the last first: those below hold handles of it.
void stop_from(supervisor_pointer self, size_t first) {
  auto& rooms = self->state.staff->rooms;
  for (auto i = rooms.size(); i-- > first;) {
    stop(self, rooms[i], caf::exit_reason::user_shutdown);
    rooms[i].state = rooms[i].state == "failed" ? "failed" : "restarting";
    ++rooms[i].restarts;
  }
}

/// Rest for one: those below the dead start again too.
void replace_from(supervisor_pointer self, size_t dead, const std::string& reason) {
  auto& rooms = self->state.staff->rooms;
  auto pause = next_start(rooms[dead]);
  spdlog::warn("room died room={} reason=\"{}\" restarts={}", rooms[dead].kind.name,
               reason, rooms[dead].restarts + 1);
  stop_from(self, dead);
  if (!pause) {
    rooms[dead].state = "failed";
    rooms[dead].trouble =
      "died " + std::to_string(deaths_a_minute + 1) + " times within a minute";
    spdlog::error("room gave up room={}", rooms[dead].kind.name);
    pause = 0ms;
  }
  if (*pause == 0ms)
    start_missing(self, dead);
  else
    caf::delayed_anon_send(supervisor_actor{self}, *pause, start_rows{dead});
}

/// A new supervisor takes over what an earlier one started. The last row holds the old
/// supervisor's handle, so it starts again.
void adopt(supervisor_pointer self) {
  auto& staff = *self->state.staff;
  for (auto& r : staff.rooms)
    if (r.actor)
      self->monitor(r.actor);
  if (staff.opened && !staff.rooms.empty()) {
    stop(self, staff.rooms.back(), caf::exit_reason::user_shutdown);
    ++staff.rooms.back().restarts;
  }
  ++staff.supervisors;
}

actor_figures figures_of_missing(const company::room& r) {
  actor_figures f;
  f.name = f.kind = r.kind.name;
  f.state = r.state;
  f.restarts = r.restarts;
  return f;
}

/// One that is busy for longer shows as such. Less than a second: who asks every second
/// would find the last time's timeouts in the mailbox.
constexpr auto report_patience = 800ms;

/// Asks every room at once.
caf::result<company_report> report(supervisor_pointer self) {
  struct collection {
    std::vector<std::vector<actor_figures>> parts;
    company_report out;
    size_t left = 0;
  };
  auto& rooms = self->state.staff->rooms;
  auto all = std::make_shared<collection>();
  all->parts.resize(rooms.size());
  all->left = 1;
  reply<company_report> promise{self};
  auto done_with_one = [all, promise] {
    if (--all->left > 0)
      return;
    for (auto& part : all->parts)
      for (auto& f : part)
        all->out.actors.push_back(std::move(f));
    promise.deliver(std::move(all->out));
  };
  auto own = figures_of("supervisor", "supervisor", "", *self->state.counted);
  own.mailbox = static_cast<int64_t>(self->mailbox().size());
  own.restarts = self->state.staff->supervisors - 1;
  own.state = "idle"; // but for telling this
  own.message.clear();
  own.busy_for = 0;
  all->out.actors.push_back(own);
  for (size_t i = 0; i < rooms.size(); ++i) {
    auto missing = figures_of_missing(rooms[i]);
    if (!rooms[i].actor) {
      all->out.missing.push_back(
        std::string{rooms[i].kind.name} + ": " + rooms[i].state
        + (rooms[i].trouble.empty() ? "" : ", " + rooms[i].trouble));
      all->parts[i] = {missing};
      continue;
    }
    ++all->left;
    self
      ->request<caf::message_priority::high>(rooms[i].actor,
                                             caf::duration{report_patience}, get_status{})
      .then(
        [=](status_report& r) {
          // A row's name is what it is known by, whatever the actor calls itself.
          auto inner = r.actors[0].name;
          for (auto& f : r.actors)
            if (f.parent == inner)
              f.parent = missing.name;
          r.actors[0].name = r.actors[0].kind = missing.name;
          r.actors[0].restarts = missing.restarts;
          if (missing.state == "draining")
            r.actors[0].state = missing.state;
          all->parts[i] = std::move(r.actors);
          done_with_one();
        },
        [=](const caf::error&) mutable {
          missing.state = "busy";
          all->parts[i] = {missing};
          done_with_one();
        });
  }
  done_with_one();
  return promise.promise();
}

done restart(supervisor_pointer self, const std::string& name) {
  if (name == supervisor_state::name) { // main starts another, which adopts the rooms
    caf::anon_send_exit(supervisor_actor{self}, caf::exit_reason::kill);
    return {};
  }
  auto& rooms = self->state.staff->rooms;
  for (auto& r : rooms)
    if (r.kind.name == name) {
      if (r.actor) {
        self->send_exit(r.actor, caf::exit_reason::kill);
      } else { // failed: an administrator's word opens a new account
        r.deaths.clear();
        stop_from(self, static_cast<size_t>(&r - rooms.data()));
        r.state = "restarting";
        start_missing(self, static_cast<size_t>(&r - rooms.data()));
      }
      return {};
    }
  throw failure{errc::not_found, "no room is called " + name};
}

/// The row that is drained starts anew with all below it, unless some have jobs left.
void end_draining(supervisor_pointer self, size_t first, bool jobs_left) {
  const auto& room = self->state.staff->rooms[first];
  if (room.state != "draining")
    return; // died meanwhile, and is back
  if (jobs_left)
    return caf::delayed_anon_send(supervisor_actor{self}, 200ms, watch_drained{first});
  spdlog::info("room has drained room={}", room.kind.name);
  stop_from(self, first);
  start_missing(self, first);
}

void look_whether_drained(supervisor_pointer self, size_t first) {
  struct looks {
    size_t left = 1;
    bool jobs_left = false;
  };
  auto all = std::make_shared<looks>();
  auto seen = [self, first, all](bool has_jobs) {
    all->jobs_left |= has_jobs;
    if (--all->left == 0)
      end_draining(self, first, all->jobs_left);
  };
  const auto& rooms = self->state.staff->rooms;
  for (auto i = first; i < rooms.size(); ++i) {
    if (!rooms[i].actor)
      continue;
    ++all->left;
    self->request(rooms[i].actor, caf::duration{report_patience}, get_status{})
      .then([seen](const status_report& r) { seen(r.actors[0].jobs > 0); },
            [seen](const caf::error&) { seen(true); });
  }
  seen(false);
}

done drain_from(supervisor_pointer self, const std::string& name) {
  auto& rooms = self->state.staff->rooms;
  const auto first = static_cast<size_t>(
    std::find_if(rooms.begin(), rooms.end(), [&](auto& r) { return r.kind.name == name; })
    - rooms.begin());
  if (first == rooms.size())
    throw failure{errc::not_found, "no room is called " + name};
  if (!rooms[first].actor)
    throw failure{errc::conflict, name + " does not run"};
  if (std::exchange(rooms[first].state, "draining") == "draining")
    return {};
  for (auto i = first; i < rooms.size(); ++i)
    if (rooms[i].actor)
      self->request(rooms[i].actor, 10s, drain{})
        .then([](const done&) {}, [](const caf::error&) {});
  look_whether_drained(self, first);
  return {};
}

} // namespace

company::company(caf::actor_system& sys, configuration cfg, std::vector<room_kind> rows)
  : config{std::move(cfg)},
    at{sys, config} {
  for (auto& k : rows) {
    rooms.emplace_back();
    rooms.back().kind = std::move(k);
  }
}

supervisor_actor::behavior_type supervisor(supervisor_pointer self, company_ptr staff) {
  self->state.staff = std::move(staff);
  auto& state = self->state;
  state.staff->at.offer(supervisor_actor{self});
  adopt(self);
  self->set_down_handler([self](const caf::down_msg& m) {
    auto& rooms = self->state.staff->rooms;
    for (size_t i = 0; i < rooms.size(); ++i)
      if (rooms[i].actor && rooms[i].actor.address() == m.source)
        return replace_from(self, i, to_string(m.reason));
  });
  self->set_exit_handler([self](const caf::exit_msg& m) {
    auto& rooms = self->state.staff->rooms;
    for (auto i = rooms.size(); i-- > 0;)
      stop(self, rooms[i], caf::exit_reason::user_shutdown);
    self->state.staff->at.clear();
    self->quit(m.reason);
  });
  start_missing(self, 0);
  state.staff->opened = true;
  return room_behavior(
    self, [](status_report&) {}, [self](const get_company&) { return report(self); },
    [self](const restart_room& m) { return restart(self, m.name); },
    [self](const drain_room& m) { return drain_from(self, m.name); },
    [self](const watch_drained& m) {
      look_whether_drained(self, m.row);
      return done{};
    },
    [self](const start_rows& m) {
      start_missing(self, m.first);
      return done{};
    });
}

} // namespace troupe

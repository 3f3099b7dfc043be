#include "actors/jobs.hpp"

#include "actors/sessions.hpp"

#include <spdlog/spdlog.h>

namespace troupe {

namespace {

using namespace std::chrono_literals;

constexpr auto jobs_patrol_every = 5s;
constexpr auto step_patience = 120min;

struct jobs_state : room_state {
  static inline const char* name = "jobs";
  jobs_state() = default;
  database_actor database;
  sessions_actor sessions;
  bool working = false;
  int64_t steps = 0, failed = 0;
};
using jobs_pointer = jobs_actor::stateful_pointer<jobs_state>;

void claim(jobs_pointer self);

/// The patrol looks again.
void rest(jobs_pointer self) {
  self->state.working = false;
}

errc code_in(const caf::error& e) {
  // CAF's own errors mean a connection that died.
  return e.category() == caf::atom("troupe") ? static_cast<errc>(e.code())
                                             : errc::unavailable;
}

std::string reason_in(const caf::error& e) {
  const bool told = e.context().match_elements<std::string>();
  return told && code_in(e) != errc::internal ? e.context().get_as<std::string>(0)
                                              : "an error of the server, see its log";
}

void end(jobs_pointer self, int64_t job, const caf::error& e) {
  if (code_in(e) == errc::unavailable)
    return rest(self);
  if (code_in(e) == errc::internal)
    spdlog::error("job {}: {}", job, to_string(e));
  ++self->state.failed;
  self->request(self->state.database, 60s, fail_job{job, code_in(e), reason_in(e)})
    .then([self](const done&) { claim(self); },
          [self](const caf::error&) { rest(self); });
}

/// What sessions remember of rights and images is old.
void renew(jobs_pointer self) {
  self->request(self->state.sessions, 60s, renew_sessions{})
    .then([self](const done&) { claim(self); },
          [self](const caf::error&) { claim(self); });
}

void advance(jobs_pointer self, int64_t job) {
  self->request(self->state.database, step_patience, advance_job{job})
    .then(
      [self](const job_step& step) {
        ++self->state.steps;
        step.changes_rights ? renew(self) : claim(self);
      },
      [self, job](const caf::error& e) { end(self, job, e); });
}

void claim(jobs_pointer self) {
  self->request(self->state.database, 60s, claim_job{})
    .then([self](int64_t job) { job == 0 ? rest(self) : advance(self, job); },
          [self](const caf::error&) { rest(self); });
}

void look(jobs_pointer self) {
  if (!std::exchange(self->state.working, true))
    claim(self);
}

jobs_actor::behavior_type jobs(jobs_pointer self, database_actor database,
                               sessions_actor sessions) {
  self->state.database = std::move(database);
  self->state.sessions = std::move(sessions);
  caf::anon_send(jobs_actor{self}, patrol_jobs{});
  return room_behavior(
    self,
    [self](status_report& r) {
      r.actors[0].gauges = {{"working", self->state.working},
                            {"steps", self->state.steps},
                            {"failed", self->state.failed}};
    },
    [self](const look_for_jobs&) {
      look(self);
      return done{};
    },
    [self](const patrol_jobs& m) {
      caf::delayed_anon_send(jobs_actor{self}, jobs_patrol_every, m);
      look(self);
      return done{};
    });
}

} // namespace

room_actor start_jobs(start_context& at) {
  return at.offer(
    at.system.spawn(jobs, at.find<database_actor>(), at.find<sessions_actor>()));
}

} // namespace troupe

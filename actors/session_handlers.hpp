// How a session answers: what its handlers have in common.

#pragma once

#include "actors/picture_jobs.hpp"
#include "actors/session.hpp"

#include <algorithm>

namespace troupe {

using session_pointer = session_actor::stateful_pointer<session_state>;

/// Calls `then` with the grant, from memory or from the repository; many askers of one
/// image make one question.
/// @param version  of the image that is known to exist: what is remembered of an older
///                 one does not count.
void with_grant(session_pointer self, int64_t image, session_state::grant_waiter then,
                int32_t version = 0);
/// Their settings have changed.
void forget_grants(session_state& state, const std::vector<int64_t>& images);

void remember(session_state& state, const errand& who);

/// Does `work` with a grant; without one, or when it throws, the promise fails.
template <class T, class Work>
session_state::grant_waiter with_promise(const reply<T>& promise, Work work) {
  return [=](const caf::expected<image_grant>& g) {
    if (!g)
      return promise.fail(g.error());
    try {
      work(*g);
    } catch (...) {
      promise.fail(error_in_flight());
    }
  };
}

inline bool uses_tables(const render::settings& s) {
  return std::any_of(s.channels.begin(), s.channels.end(),
                     [](auto& c) { return c.active && !c.lut.empty(); });
}

/// Lets `room` answer the asker, unless they have the answer already.
template <class M, class Room>
void hand_over(session_pointer self, const Room& room, const image_grant& g, const M& m,
               const reply<encoded_image>& to) {
  auto job = job_of(g, m);
  job.who.session = self->state.record.id;
  if (uses_tables(job.settings))
    job.tables = self->state.rooms.tables->known().stamp;
  if constexpr (requires { m.wish; })
    if (!m.wish.known.empty())
      if (auto tag = job.key(); tag == m.wish.known)
        return to.deliver({.mime = "", .etag = tag});
  remember(self->state, job.who);
  to.delegate(room, std::move(job));
}

template <class M>
scope needed_scope(const M&) {
  if constexpr (requires { M::writes; })
    return M::writes ? scope::write : scope::read;
  else
    return scope::read; // pictures and samples
}
inline scope needed_scope(const inquiry& m) {
  return m.what->administers() ? scope::administer
         : m.what->writes()    ? scope::write
                               : scope::read;
}

/// @throws failure{denied} when the session's token was made for less, or the account
///         only reads.
template <class M>
void require_scope(session_pointer self, const M& m) {
  const auto& record = self->state.record;
  const auto needed = needed_scope(m);
  if (!record.may(needed))
    throw failure{errc::denied, "this token was not made for that"};
  if (needed == scope::write && record.who.author == 0)
    throw failure{errc::denied, "this account only reads"};
}

/// Turns a wish into a worker's message once it is known that the asker may see the
/// image.
template <class M, class Room>
auto pictures(session_pointer self, Room room) {
  return [self, room](const M& m) {
    require_scope(self, m);
    reply<encoded_image> promise{self};
    auto hand_on = with_promise(
      promise, [=](const image_grant& g) { hand_over(self, room, g, m, promise); });
    if constexpr (requires { m.version; })
      with_grant(self, m.image, hand_on, m.version);
    else
      with_grant(self, m.image, hand_on);
    return promise.promise();
  };
}

/// Stamps the session's account on an M; `room` answers the asker directly.
template <class M, class Room>
auto forwards(session_pointer self, Room room) {
  return [self, room](const M& m) {
    require_scope(self, m);
    auto stamped = m;
    stamped.who = self->state.record.who;
    return self->delegate(room, std::move(stamped));
  };
}

/// Samples measured by the room of measurements; `then` gets the answer's T.
template <class T, class R, class Then>
void measure(session_pointer self, measure_pixels job, const reply<R>& promise,
             Then then) {
  job.who.session = self->state.record.id;
  remember(self->state, job.who);
  self->request(self->state.rooms.measurements, std::chrono::seconds{90}, std::move(job))
    .then([then](measured_pixels& m) { then(std::move(std::get<T>(m.what))); },
          [promise](caf::error& e) { promise.fail(std::move(e)); });
}

template <class M>
auto measurements(session_pointer self) {
  return [self](const M& m) {
    require_scope(self, m);
    using answer = typename M::reply;
    reply<answer> promise{self};
    with_grant(self, m.image, with_promise(promise, [=](const image_grant& g) {
                 measure<answer>(self, job_of(g, m), promise,
                                 [promise](answer a) { promise.deliver(std::move(a)); });
               }));
    return promise.promise();
  };
}

} // namespace troupe

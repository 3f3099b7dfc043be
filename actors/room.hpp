// What every room is made of: typed asks, a guarded and measured behaviour, a status,
// a row in the roster.

#pragma once

#include "actors/configuration.hpp"
#include "actors/meter.hpp"
#include "schema/message.hpp"
#include "storage/failure.hpp"

#include <caf/all.hpp>

#include <functional>
#include <map>
#include <string>
#include <type_traits>
#include <typeindex>
#include <typeinfo>
#include <vector>

CAF_ERROR_CODE_ENUM(troupe::errc, "troupe")

namespace troupe::formats {
struct shelves;
}
namespace troupe::render {
class lut_shelf;
}

namespace troupe {

/// `ask<M>`: send an M, get an M::reply. A message names its own answer.
template <class M>
using ask = typename caf::replies_to<M>::template with<typename M::reply>;

/// What the status page shows of one actor.
struct actor_figures {
  std::string name, kind, parent;
  std::string state; ///< idle, busy, restarting, failed
  int64_t mailbox = 0, handled = 0, errors = 0, restarts = 0;
  double uptime = 0, mean = 0, p99 = 0; ///< s
  std::map<std::string, int64_t> gauges;
  std::string message, request;         ///< being handled, and for which request
  double busy_for = 0;                  ///< s, with that message
  double oldest = 0;                    ///< s, that the oldest job waits in its queues
  int64_t jobs = 0;                     ///< waiting in its queues or worked on
  std::shared_ptr<const meter> counted; ///< for the details; null when it does not run
};

/// A room's own figures first, then those of its workers.
struct status_report {
  static constexpr bool local = true;
  std::vector<actor_figures> actors;
};

/// Asks any long-lived actor how it is.
struct get_status {
  static constexpr bool local = true;
  using reply = status_report;
};

/// Tells a room to take no more work into its queues: it starts anew once they are empty.
struct drain {
  static constexpr bool local = true;
  using reply = done;
};

/// The least a roster entry must answer; every room's handle converts to it.
using room_actor = caf::typed_actor<ask<drain>, ask<get_status>>;

using gauges = std::map<std::string, int64_t>;

/// What every actor state begins with.
struct room_state {
  room_state() = default;
  meter_ptr counted = std::make_shared<meter>();
  std::vector<std::function<void()>> close_queues; ///< of the queues it owns
};

actor_figures figures_of(std::string name, std::string kind, std::string parent,
                         const meter& m);

/// @returns what an error says, for administrators.
std::string words_of(const caf::error& e);

/// @returns the error an asker gets for the exception being handled.
caf::error error_in_flight();

/// Runs `work`; what an engine throws becomes the caf::error that the asker gets.
template <class Work>
auto guarded(Work work) -> caf::result<decltype(work())> {
  try {
    return work();
  } catch (...) {
    return error_in_flight();
  }
}

namespace detail {

/// The raw name of what a message asks: of an inquiry, what is inside.
template <class M>
const char* name_of_message(const M& m) {
  if constexpr (requires { m.what->asked(); })
    return m.what->asked().name();
  else
    return typeid(M).name();
}

/// For which request a message is, as far as it can tell.
template <class M>
trace_ptr trace_of(const M& m) {
  if constexpr (requires { m.trace.trace(); })
    return m.trace.trace();
  else if constexpr (requires { m.who.trace.trace(); })
    return m.who.trace.trace();
  else if constexpr (requires { m.wish.who.trace.trace(); })
    return m.wish.who.trace.trace();
  else
    return nullptr;
}

/// Around the handling of one message: counts it, writes it into its request's trace, and
/// lets what is sent meanwhile be for the same request.
class measuring {
public:
  measuring(std::string_view actor, meter& m, size_t waiting, const char* message,
            trace_ptr request);
  ~measuring();
  void fail(const caf::error& why);

private:
  std::string_view actor_;
  const char* message_;
  trace_ptr request_;
  meter::scope timed_;
  trace_mark::scope for_request_;
  meter::clock::time_point begin_ = meter::clock::now();
};

template <class T>
struct as_result {
  using type = caf::result<T>;
};
template <class... T>
struct as_result<caf::result<T...>> {
  using type = caf::result<T...>;
};
template <class... T>
struct as_result<caf::delegated<T...>> {
  using type = caf::result<T...>;
};
template <class... T>
struct as_result<caf::typed_response_promise<T...>> {
  using type = caf::result<T...>;
};
template <>
struct as_result<void> {
  using type = caf::result<void>;
};

template <class Self, class F, class R, class A>
auto measured_as(Self* self, F f, R (F::*)(A) const) {
  return [self, f = std::move(f)](A message) -> typename as_result<R>::type {
    using message_type = std::decay_t<A>;
    measuring timed{self->state.name, *self->state.counted, self->mailbox().size(),
                    name_of_message<message_type>(message),
                    trace_of<message_type>(message)};
    try {
      if constexpr (std::is_void_v<R>) {
        f(message);
        return caf::unit;
      } else {
        typename as_result<R>::type out = f(message);
        if (out.flag == caf::rt_error)
          timed.fail(out.err);
        return out;
      }
    } catch (...) {
      auto why = error_in_flight();
      timed.fail(why);
      return why;
    }
  };
}

template <class Self, class F>
auto measured(Self* self, F f) {
  return measured_as(self, std::move(f), &F::operator());
}

} // namespace detail

/// The behaviour of a room: handlers that are timed, counted and cannot kill the actor by
/// throwing, plus the answers to drain and get_status.
/// @param describe  fills gauges and appends the figures of workers.
template <class Self, class Describe, class... Handlers>
auto room_behavior(Self* self, Describe describe, Handlers... handlers) {
  return typename Self::behavior_type{
    detail::measured(self, std::move(handlers))...,
    [self](const drain&) {
      for (auto& close : self->state.close_queues)
        close();
      return done{};
    },
    [self, describe](const get_status&) {
      status_report report;
      report.actors.push_back(
        figures_of(self->state.name, self->state.name, "", *self->state.counted));
      report.actors[0].mailbox = static_cast<int64_t>(self->mailbox().size());
      describe(report);
      return report;
    },
  };
}

/// A promise that cannot be forgotten: whoever drops the last copy answers "restarting".
template <class T>
class reply {
public:
  template <class Self>
  explicit reply(Self* self)
    : box_{std::make_shared<box>(self->template make_response_promise<T>())} {}
  void deliver(T value) const {
    if (std::exchange(box_->open, false))
      box_->promise.deliver(std::move(value));
  }
  void fail(caf::error why) const {
    if (std::exchange(box_->open, false))
      box_->promise.deliver(std::move(why));
  }
  /// Hands the question on to `room`, which answers the asker itself.
  template <class Room, class M>
  void delegate(const Room& room, M message) const {
    if (std::exchange(box_->open, false))
      box_->promise.delegate(room, std::move(message));
  }
  /// What the handler returns.
  caf::typed_response_promise<T> promise() const { return box_->promise; }

private:
  struct box {
    explicit box(caf::typed_response_promise<T> p) : promise{std::move(p)} {}
    ~box() {
      if (open)
        promise.deliver(caf::make_error(
          errc::unavailable, std::string{"a part of the server is restarting"}));
    }
    caf::typed_response_promise<T> promise;
    bool open = true;
  };
  std::shared_ptr<box> box_;
};

/// What a room gets when it is started: the settings, what the process shares, and the
/// rooms above it.
class start_context {
public:
  start_context(caf::actor_system& sys, const configuration& cfg);
  caf::actor_system& system;
  const configuration& config;
  std::shared_ptr<formats::shelves> shelves; ///< opened filesets and decoded tiles
  std::shared_ptr<render::lut_shelf> tables; ///< lookup tables

  /// @returns the running actor with interface H, started by an earlier row.
  template <class H>
  H find() const {
    auto i = rooms_.find(typeid(H));
    if (i == rooms_.end())
      throw std::logic_error{"a room needs an interface no earlier row offers"};
    return caf::actor_cast<H>(i->second);
  }

  /// Makes `room` findable by the rows below.
  template <class H>
  H offer(H room) {
    rooms_[typeid(H)] = caf::actor_cast<caf::strong_actor_ptr>(room);
    return room;
  }

  /// Lets go of every handle, so that the system can end.
  void clear() { rooms_.clear(); }

private:
  std::map<std::type_index, caf::strong_actor_ptr> rooms_;
};

/// One row of the roster.
struct room_kind {
  const char* name;                                ///< status key and log name
  std::function<room_actor(start_context&)> start; ///< spawns one incarnation
};

/// Every long-lived actor, in start order.
extern const std::vector<room_kind> roster;

} // namespace troupe

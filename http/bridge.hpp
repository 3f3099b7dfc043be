// The actor between web and house: takes a request, finds the session of its token, and
// lets it talk to the rooms.

#pragma once

#include "actors/sessions.hpp"
#include "actors/supervisor.hpp"
#include "http/error_response.hpp"
#include "http/rendezvous.hpp"

namespace troupe::http {

class conversation;

using troupe::inspect; // of local messages

/// A request on its way: `talk` runs in the bridge once the session is found.
struct web_call {
  static constexpr bool local = true;
  std::string token_hash;       ///< empty = nobody needs to be signed in
  std::optional<int64_t> group; ///< what the session sees and works in, only
  std::string request;          ///< its id
  std::string address;          ///< of who asks
  std::function<void(const conversation&)> talk;
  std::optional<ticket> end;
  trace_mark trace = {};
  using reply = done;
};

using bridge_actor = caf::typed_actor<ask<web_call>, ask<drain>, ask<get_status>>;

struct bridge_state : room_state {
  static inline const char* name = "bridge";
  bridge_state() = default;
  std::optional<start_context> rooms; ///< as they were when this bridge started
  std::map<std::string, std::weak_ptr<std::atomic<int>>> in_flight; ///< by token hash
  int64_t calls = 0, refused = 0;
};
using bridge_pointer = bridge_actor::stateful_pointer<bridge_state>;

/// What a conversation can do: ask rooms, and answer the web once.
class conversation {
public:
  conversation(bridge_pointer self, const web_call& call, std::shared_ptr<void> held,
               session_actor guest)
    : session{std::move(guest)},
      self_{self},
      end_{*call.end},
      request_{call.request},
      door_{call.token_hash, call.group, call.address},
      held_{std::move(held)} {}

  session_actor session; ///< null for a call without token

  /// @returns the room with interface H that runs now.
  template <class H>
  H room() const {
    return self_->state.rooms->template find<H>();
  }

  /// Asks and goes on with `then(reply)`; an error ends the conversation.
  template <class H, class M, class Then>
  void ask(const H& room, M message, Then then) const {
    try_ask(room, std::move(message),
            [c = *this, then](caf::expected<typename M::reply> r) {
              if (r)
                then(*r);
              else
                c.refuse(std::move(r.error()));
            });
  }

  /// Asks and goes on with the reply or the error. What follows is a std::function so
  /// that a question is compiled once, not once for every place that asks it.
  template <class H, class M>
  void try_ask(const H& room, M message,
               std::function<void(caf::expected<typename M::reply>)> then,
               std::chrono::seconds patience = std::chrono::seconds{90}) const {
    auto go_on = [c = *this, then = std::move(then),
                  mark = trace_mark{}](caf::expected<typename M::reply> r) {
      const trace_mark::scope for_request{mark.trace()};
      try {
        then(std::move(r));
      } catch (...) {
        c.refuse(error_in_flight());
      }
    };
    self_->request(room, patience, std::move(message))
      .then([go_on](typename M::reply& r) { go_on(std::move(r)); },
            [go_on](caf::error& e) { go_on(std::move(e)); });
  }

  void answer(rendezvous::answer build) const { end_.finish(std::move(build)); }
  void refuse(caf::error e) const;

private:
  bridge_pointer self_;
  ticket end_;
  std::string request_;
  enter door_;                 ///< the way in that led to the session
  std::shared_ptr<void> held_; ///< the call counts against its session while this lives
};

/// Requests one session may have under way; more are answered 503.
constexpr int calls_per_session = 256;

room_actor start_bridge(start_context& at);

} // namespace troupe::http

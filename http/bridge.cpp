#include "http/bridge.hpp"

namespace troupe::http {

namespace {

using namespace std::chrono_literals;

/// Counts a call against its session until the last holder lets go.
/// @returns null when the session has too many under way.
std::shared_ptr<void> admit(bridge_state& state, const std::string& token_hash) {
  auto& known = state.in_flight[token_hash];
  auto count = known.lock();
  if (!count) {
    std::erase_if(state.in_flight,
                  [&](auto& e) { return e.first != token_hash && e.second.expired(); });
    count = std::make_shared<std::atomic<int>>(0);
    state.in_flight[token_hash] = count;
  }
  if (*count >= calls_per_session)
    return nullptr;
  ++*count;
  return {count.get(), [count](void*) { --*count; }};
}

void begin(bridge_pointer self, const web_call& call) {
  ++self->state.calls;
  if (call.token_hash.empty())
    return call.talk({self, call, nullptr, {}});
  auto held = admit(self->state, call.token_hash);
  conversation nobody{self, call, held, {}};
  if (!held) {
    ++self->state.refused;
    return nobody.refuse(
      caf::make_error(errc::unavailable, std::string{"too many requests under way"}));
  }
  nobody.ask(nobody.room<sessions_actor>(),
             enter{call.token_hash, call.group, call.address},
             [self, call, held](const entered& e) {
               call.talk({self, call, held, e.session});
             });
}

bridge_actor::behavior_type bridge(bridge_pointer self, const start_context& rooms) {
  self->state.rooms.emplace(rooms);
  return room_behavior(
    self,
    [self](status_report& r) {
      int64_t now = 0;
      for (auto& [token, count] : self->state.in_flight)
        if (auto n = count.lock())
          now += *n;
      r.actors[0].gauges = {{"calls", self->state.calls},
                            {"inFlight", now},
                            {"refused", self->state.refused}};
    },
    [self](const web_call& call) {
      begin(self, call);
      return done{};
    });
}

} // namespace

void conversation::refuse(caf::error e) const {
  auto finish = [end = end_, request = request_](caf::error why) {
    end.finish([why = std::move(why), request] { return problem(why, request); });
  };
  if (!session || code_of(e) != errc::unavailable)
    return finish(std::move(e));
  // A session that was closed meanwhile left without a word: at the door they know.
  self_->request(room<sessions_actor>(), 10s, enter{door_})
    .then([finish, e](const entered&) { finish(e); },
          [finish, e](caf::error& why) {
            finish(code_of(why) == errc::signed_out ? std::move(why) : e);
          });
}

room_actor start_bridge(start_context& at) {
  return at.offer(at.system.spawn(bridge, at));
}

} // namespace troupe::http

#include "actors/session_handlers.hpp"

namespace troupe {

using namespace std::chrono_literals;

void with_grant(session_pointer self, int64_t image, session_state::grant_waiter then,
                int32_t version) {
  auto& state = self->state;
  auto now = std::chrono::steady_clock::now();
  if (auto i = state.grants.find(image); i != state.grants.end() && i->second.until > now
                                         && i->second.grant.version >= version)
    return then(i->second.grant);
  auto& waiting = state.asking[image];
  waiting.push_back(std::move(then));
  if (waiting.size() > 1)
    return;
  auto finish = [self, image](const caf::expected<image_grant>& g) {
    for (auto& tell : std::exchange(self->state.asking[image], {}))
      tell(g);
    self->state.asking.erase(image);
  };
  self->request(state.rooms.repository, 10s, grant_image{state.record.who, image})
    .then(
      [self, image, finish](const image_grant& g) {
        auto& grants = self->state.grants;
        if (grants.size() > 10'000)
          grants.clear();
        // What is still being measured changes soon.
        auto trust = !g.settled || g.state == image_state::measuring ? 2s : 60s;
        grants[image] = {g, std::chrono::steady_clock::now() + trust};
        finish(g);
      },
      [image, self, finish](caf::error& e) {
        self->state.grants.erase(image);
        finish(std::move(e));
      });
}

void remember(session_state& state, const errand& who) {
  auto& all = state.in_flight;
  std::erase_if(all, [](auto& w) { return w.expired(); });
  all.push_back(who.gone.watch());
}

void forget_grants(session_state& state, const std::vector<int64_t>& images) {
  for (auto image : images)
    state.grants.erase(image);
}

} // namespace troupe

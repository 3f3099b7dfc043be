// The door of the gate: lets clients in, and shows out who keeps us waiting.

#include "http/gate/front.hpp"

#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace troupe::http {

namespace {

constexpr size_t surplus_places = 64; // beyond the limit, to be told so

} // namespace

void gate::front::watch() {
  bool starved = false;
  auto next_sweep = clock::now() + tick_;
  while (!stopping_) {
    pollfd ready[2]{{ring_door_, POLLIN, 0},
                    {starved ? -1 : listener_->socket(), POLLIN, 0}};
    auto rest = std::chrono::ceil<std::chrono::milliseconds>(next_sweep - clock::now());
    ::poll(ready, 2, std::max(0, static_cast<int>(rest.count())));
    if (ready[1].revents && !stopping_)
      starved = !let_in();
    if (clock::now() >= next_sweep) {
      sweep();
      starved = false;
      next_sweep = clock::now() + tick_;
    }
  }
  listener_.reset();
}

/// @returns false when descriptors or memory ran out: trying on would only spin.
bool gate::front::let_in() {
  for (int i = 0; i < 64; ++i) {
    auto arrived = listener_->accept();
    if (!arrived)
      return !listener_->is_starved();
    try {
      adopt(std::move(*arrived));
    } catch (const std::bad_alloc&) {
      return false;
    }
  }
  return true;
}

void gate::front::adopt(listener::client arrived) {
  std::unique_lock lock{mutex_};
  auto open = connections_.size();
  if (open >= limits_.connections + surplus_places) {
    ++refused_;
    ::close(arrived.socket);
    return;
  }
  auto* tls = tls_ ? tls_->accept_on(arrived.socket) : nullptr;
  if (tls_ && !tls) {
    ::close(arrived.socket);
    return;
  }
  auto id = ++last_id_;
  auto& c = *(connections_[id] = std::make_unique<connection>(
                id, arrived.socket, tls, std::move(arrived.peer), limits_));
  c.surplus = open >= limits_.connections;
  epoll_event not_yet{.events = EPOLLONESHOT, .data = {.u64 = id}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, arrived.socket, &not_yet);
  lock.unlock();
  park(c, c.surplus);
}

void gate::front::sweep() {
  std::vector<owned> late;
  {
    std::lock_guard lock{mutex_};
    auto now = clock::now();
    for (auto i = connections_.begin(); i != connections_.end();) {
      auto& c = i->second;
      if (c->parked && c->expires <= now) {
        late.push_back(std::move(c));
        i = connections_.erase(i);
      } else {
        ++i;
      }
    }
    if (connections_.empty())
      emptied_.notify_all();
  }
  for (auto& c : late)
    if (c->is_mid_head()) {
      ++refused_;
      c->refuse({408, "The header did not arrive in time."});
      c->flush();
    }
}

} // namespace troupe::http

#include "http/gate/front.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <cstdio>
#include <random>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace troupe::http {

namespace {

std::string random_name() {
  std::random_device source;
  char text[9];
  std::snprintf(text, sizeof text, "%08x", static_cast<unsigned>(source()));
  return text;
}

void ring(int bell) {
  uint64_t one = 1;
  [[maybe_unused]] auto written = ::write(bell, &one, sizeof one);
}

} // namespace

gate::front::front(gate_limits limits, handler serve)
  : limits_{limits},
    serve_{std::move(serve)},
    tick_{std::clamp<clock::duration>(
      std::min({limits.idle, limits.head_time, limits.io}) / 4,
      std::chrono::milliseconds{20}, std::chrono::seconds{1})},
    epoll_{::epoll_create1(EPOLL_CLOEXEC)},
    ring_door_{::eventfd(0, EFD_CLOEXEC)},
    ring_crew_{::eventfd(0, EFD_CLOEXEC)},
    name_{random_name()} {
  if (epoll_ < 0 || ring_door_ < 0 || ring_crew_ < 0)
    throw failure{errc::unavailable, "no descriptors left for the network"};
  epoll_event bell{.events = EPOLLIN, .data = {.u64 = crew_bell}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, ring_crew_, &bell);
  teach_library();
}

gate::front::~front() {
  stop(std::chrono::milliseconds{0});
  crew_.join();
  connections_.clear();
  for (int fd : {epoll_, ring_door_, ring_crew_})
    ::close(fd);
}

void gate::front::use_tls(const std::string& certificate, const std::string& key) {
  tls_ = std::make_unique<tls_context>(certificate, key);
}

int gate::front::start(const std::string& address) {
  listener_ = std::make_unique<listener>(address);
  int port = listener_->port();
  for (int i = 0; i < std::max(1, limits_.min_threads); ++i)
    if (!hire())
      throw failure{errc::unavailable, "no threads left to serve " + address};
  door_ = std::thread{[this] { watch(); }};
  return port;
}

// First the door closes, then who has nothing under way leaves, then the rest.
void gate::front::stop(std::chrono::milliseconds patience) {
  auto until = clock::now() + patience;
  std::lock_guard once{stop_mutex_};
  stopping_ = true;
  ring(ring_door_);
  if (door_.joinable())
    door_.join();
  bool all_gone = false;
  {
    std::unique_lock lock{mutex_};
    std::erase_if(connections_, [](auto& entry) {
      auto& c = *entry.second;
      return c.parked
             && (c.at == connection::phase::head || c.at == connection::phase::lingering);
    });
    all_gone = emptied_.wait_until(lock, until, [&] { return connections_.empty(); });
    for (auto& [id, c] : connections_)
      c->line.abort();
  }
  leaving_ = true;
  ring(ring_crew_);
  if (all_gone)
    crew_.join();
}

gate_figures gate::front::figures() const {
  gate_figures now{.threads = threads_, .requests = requests_, .refused = refused_};
  std::lock_guard lock{mutex_};
  now.open = static_cast<int64_t>(connections_.size());
  for (auto& [id, c] : connections_)
    now.idle_connections += c->parked && c->is_idle();
  return now;
}

connection* gate::front::claim(uint64_t id) {
  std::lock_guard lock{mutex_};
  auto i = connections_.find(id);
  if (i == connections_.end() || !i->second->parked)
    return nullptr;
  i->second->parked = false;
  i->second->resumed();
  return i->second.get();
}

// Armed under the lock: once parked, the sweeper may drop it, and its descriptor could
// be somebody else's.
void gate::front::park(connection& c, bool at_once) {
  using phase = connection::phase;
  std::unique_lock lock{mutex_};
  bool may_go = c.at == phase::head || c.at == phase::lingering;
  if (stopping_ && may_go) {
    lock.unlock();
    return drop(c);
  }
  c.parked = true;
  c.parked_since = clock::now();
  c.expires = c.deadline();
  epoll_event event{.events = EPOLLONESHOT, .data = {.u64 = c.id}};
  event.events |= at_once || c.line.awaits_writing() ? EPOLLOUT : EPOLLIN;
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, c.line.socket(), &event);
}

void gate::front::drop(connection& c) {
  owned gone; // destroyed without the lock
  std::lock_guard lock{mutex_};
  auto i = connections_.find(c.id);
  gone = std::move(i->second);
  connections_.erase(i);
  if (connections_.empty())
    emptied_.notify_all();
}

} // namespace troupe::http

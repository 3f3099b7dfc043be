#include "http/gate/front.hpp"

#include "http/gate/answer.hpp"
#include "http/gate/request_body.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <random>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace troupe::http {

namespace {

constexpr uint64_t crew_bell = 0; // no connection has this id
constexpr uint64_t drained_unasked = 256 * 1024;
constexpr size_t surplus_places = 64; // beyond the limit, to be told so
constexpr int requests_in_a_row = 16; // of one client, before others get a chance
constexpr int thread_idle_ms = 10'000;

/// The exchange the calling thread has handed to the library.
thread_local exchange* current = nullptr;

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
    : limits_{limits}, serve_{std::move(serve)},
      tick_{std::clamp<clock::duration>(
          std::min({limits.idle, limits.head_time, limits.io}) / 4,
          std::chrono::milliseconds{20}, std::chrono::seconds{1})},
      epoll_{::epoll_create1(EPOLL_CLOEXEC)}, ring_door_{::eventfd(0, EFD_CLOEXEC)},
      ring_crew_{::eventfd(0, EFD_CLOEXEC)}, name_{random_name()} {
  if (epoll_ < 0 || ring_door_ < 0 || ring_crew_ < 0)
    throw failure{errc::unavailable, "no descriptors left for the network"};
  epoll_event bell{.events = EPOLLIN, .data = {.u64 = crew_bell}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, ring_crew_, &bell);

  set_pre_routing_handler([this](const httplib::Request&, httplib::Response& out) {
    ask(*current);
    out.status = current->response.status;
    return HandlerResponse::Handled;
  });
  // The last word before the head is written: the library's own fields go.
  set_post_routing_handler([](const httplib::Request&, httplib::Response& out) {
    out.headers.clear();
    for (auto& field : fields_of(current->response, current->close))
      out.headers.insert(std::move(field));
  });
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

// ---- the door

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
    adopt(std::move(*arrived));
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

// ---- the connections

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

// ---- the crew

void gate::front::make_room() {
  if (waiting_ == 0 && !leaving_)
    hire();
}

bool gate::front::hire() {
  int now = threads_;
  do {
    if (now >= std::max(1, limits_.max_threads))
      return false;
  } while (!threads_.compare_exchange_weak(now, now + 1));
  if (crew_.hire([this] { work(); }))
    return true;
  --threads_;
  return false;
}

bool gate::front::may_leave() {
  int now = threads_;
  return now > std::max(1, limits_.min_threads)
         && threads_.compare_exchange_strong(now, now - 1);
}

void gate::front::work() {
  while (!leaving_) {
    epoll_event event{};
    ++waiting_;
    int found = ::epoll_wait(epoll_, &event, 1,
                             threads_ > limits_.min_threads ? thread_idle_ms : -1);
    --waiting_;
    if (found == 0 && may_leave())
      return;
    if (found > 0 && event.data.u64 != crew_bell)
      if (auto* c = claim(event.data.u64))
        serve(*c);
  }
  --threads_;
}

void gate::front::serve(connection& c) {
  auto step = connection::step::again;
  bool was_sending = false;
  for (int requests = 0; step == connection::step::again;) {
    was_sending = c.at == connection::phase::sending;
    if (was_sending && ++requests > requests_in_a_row)
      return park(c, true);
    try {
      step = advance(c);
    } catch (...) { // out of memory
      step = connection::step::over;
    }
  }
  step == connection::step::wait ? park(c) : drop(c);
}

connection::step gate::front::advance(connection& c) {
  switch (c.at) {
  case connection::phase::head:
    return on_head(c);
  case connection::phase::sending:
    return c.flush();
  case connection::phase::draining:
    return c.drain();
  case connection::phase::lingering:
    return c.linger();
  }
  return connection::step::over;
}

connection::step gate::front::on_head(connection& c) {
  if (c.surplus)
    return refuse(c, {503, "Too many connections are open."});
  switch (c.read_head()) {
  case connection::heading::more:
    return connection::step::wait;
  case connection::heading::closed:
    return connection::step::over;
  case connection::heading::refused:
    return refuse(c, c.why_refused());
  case connection::heading::complete:
    break;
  }
  auto head = parse_head(c.take_head(), limits_);
  if (auto* why = std::get_if<refusal>(&head))
    return refuse(c, *why);
  answer(c, std::move(std::get<request_head>(head)));
  return connection::step::again;
}

connection::step gate::front::refuse(connection& c, const refusal& why) {
  ++refused_;
  c.refuse(why);
  return connection::step::again;
}

void gate::front::answer(connection& c, request_head head) {
  ++requests_;
  request_body body{c, head, limits_, [this] { make_room(); }};
  exchange x{std::move(head)};
  x.request.remote = c.remote;
  x.request.id = name_ + '-' + std::to_string(++named_);
  x.request.socket = c.line.socket();
  x.request.body = &body;
  x.body = &body;

  bool closed = false;
  current = &x;
  process_request(x, false, closed, nullptr);
  current = nullptr;
  if (!x.handled)
    return c.refuse({400, "The request is malformed."});
  bool with_body = has_body(x.response) && x.request.method != "HEAD";
  c.answer(std::move(x.answered), std::move(x.response), with_body,
           {.close = x.close,
            .linger = x.keep_alive || body.unread() > 0,
            .unread = body.unread()});
}

void gate::front::ask(exchange& x) {
  x.handled = true;
  try {
    x.response = serve_(x.request);
  } catch (...) { // its text is not for strangers; the handler logs what it knows
    x.response = failure_answer(x.request.id);
  }
  if (x.response.status < 200 || x.response.status > 599)
    x.response = failure_answer(x.request.id);
  x.close = x.response.close || !x.keep_alive || stopping_ || x.body->is_uncertain()
            || x.body->unread() > drained_unasked;
}

} // namespace troupe::http

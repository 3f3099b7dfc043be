#include "http/rendezvous.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace troupe::http {

namespace {
constexpr int half_close_grace = 100; ///< ms
}

rendezvous::rendezvous() : event_{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)} {
  if (event_ < 0)
    throw failure{errc::unavailable, "no more event descriptors"};
}

rendezvous::~rendezvous() {
  ::close(event_);
}

void rendezvous::finish(answer a) {
  std::lock_guard guard{mutex_};
  if (over_)
    return;
  over_ = true;
  answer_ = std::move(a);
  uint64_t one = 1;
  [[maybe_unused]] auto n = ::write(event_, &one, sizeof one);
}

void rendezvous::interrupt() {
  finish({});
}

rendezvous::ending rendezvous::wait(int socket, std::chrono::milliseconds patience) {
  pollfd watched[]{{event_, POLLIN, 0}, {socket, POLLRDHUP, 0}};
  auto n = ::poll(watched, socket < 0 ? 1 : 2, static_cast<int>(patience.count()));
  if (n > 0 && !watched[0].revents)
    ::poll(watched, 1, half_close_grace); // perhaps only the sending side is closed
  std::lock_guard guard{mutex_};
  if (over_)
    return answer_ ? ending::answered : ending::interrupted;
  gone.set();
  over_ = true;
  return n == 0 ? ending::late : ending::client_left;
}

rendezvous::answer rendezvous::take() {
  std::lock_guard guard{mutex_};
  return std::move(answer_);
}

} // namespace troupe::http

#include "http/signals.hpp"

#include "storage/failure.hpp"

#include <csignal>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace troupe::http {

signal_inbox::signal_inbox() {
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t set;
  sigemptyset(&set);
  for (auto s : {SIGTERM, SIGINT, SIGCHLD})
    sigaddset(&set, s);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  fd_ = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (fd_ < 0)
    throw failure{errc::unavailable, "no signal descriptor"};
}

signal_inbox::~signal_inbox() {
  ::close(fd_);
}

signal_inbox::news signal_inbox::wait(int descriptor, int patience) {
  pollfd watched[]{{fd_, POLLIN, 0}, {descriptor, POLLIN, 0}};
  if (::poll(watched, 2, patience) <= 0)
    return news::none;
  signalfd_siginfo info{};
  if (::read(fd_, &info, sizeof info) == sizeof info)
    return info.ssi_signo == SIGCHLD ? news::child : news::stop;
  return watched[1].revents ? news::event : news::none;
}

} // namespace troupe::http

#include "http/gate/crew.hpp"

#include <csignal>
#include <system_error>

namespace troupe::http {

bool crew::hire(std::function<void()> work) {
  join_the_gone();
  std::lock_guard lock{mutex_};
  auto me = working_.emplace(working_.end());
  try {
    *me = std::thread{[this, me, work = std::move(work)] {
      // A client that left is an error code, not a signal; OpenSSL cannot say so.
      sigset_t broken_pipe;
      sigemptyset(&broken_pipe);
      sigaddset(&broken_pipe, SIGPIPE);
      pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
      work();
      leave(me);
    }};
  } catch (const std::system_error&) {
    working_.erase(me);
    return false;
  }
  return true;
}

void crew::leave(std::list<std::thread>::iterator me) {
  std::lock_guard lock{mutex_};
  gone_.splice(gone_.end(), working_, me);
  somebody_left_.notify_all();
}

void crew::join_the_gone() {
  std::list<std::thread> gone;
  {
    std::lock_guard lock{mutex_};
    gone.swap(gone_);
  }
  for (auto& thread : gone)
    thread.join();
}

void crew::join() {
  for (bool all = false; !all;) {
    {
      std::unique_lock lock{mutex_};
      somebody_left_.wait(lock, [&] { return working_.empty() || !gone_.empty(); });
      all = working_.empty();
    }
    join_the_gone();
  }
}

} // namespace troupe::http

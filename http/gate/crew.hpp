// Threads that come and go; every one is joined in the end.

#pragma once

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace troupe::http {

class crew {
public:
  ~crew() { join(); }
  /// @returns false when the system has no thread left.
  bool hire(std::function<void()> work);
  /// Waits for all of them. Not from one of them.
  void join();

private:
  void leave(std::list<std::thread>::iterator me);
  void join_the_gone();

  std::mutex mutex_;
  std::condition_variable somebody_left_;
  std::list<std::thread> working_, gone_;
};

} // namespace troupe::http

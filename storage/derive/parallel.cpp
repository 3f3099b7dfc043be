#include "storage/derive/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace troupe::derive {

void in_parallel(size_t threads, size_t count,
                 const std::function<void(size_t index, size_t thread)>& work) {
  std::atomic<size_t> next{0};
  std::exception_ptr failed;
  std::mutex lock;
  auto take_turns = [&](size_t thread) {
    try {
      for (size_t i; (i = next++) < count;)
        work(i, thread);
    } catch (...) {
      next = count;
      const std::lock_guard guard{lock};
      if (!failed)
        failed = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (size_t t = 1; t < std::min(threads, count); ++t)
      others.emplace_back(take_turns, t);
    take_turns(0);
  }
  if (failed)
    std::rethrow_exception(failed);
}

} // namespace troupe::derive

#include "storage/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace troupe {

void for_each_in_parallel(size_t threads, size_t count,
                          const std::function<void(size_t)>& work) {
  std::atomic<size_t> next = 0;
  std::once_flag failed;
  std::exception_ptr why;
  auto take_turns = [&] {
    try {
      for (size_t i; (i = next++) < count;)
        work(i);
    } catch (...) {
      std::call_once(failed, [&] { why = std::current_exception(); });
      next = count; // the others stop early
    }
  };
  {
    std::vector<std::jthread> others;
    for (size_t t = 1; t < std::min(threads, count); ++t)
      others.emplace_back(take_turns);
    take_turns();
  }
  if (why)
    std::rethrow_exception(why);
}

} // namespace troupe

// People who keep asking while a test breaks things.

#pragma once

#include "tests/support/running_server.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace troupe::test {

/// From its start to its end so many threads ask these addresses, over and over. What
/// they may get is 200, or 503 with the time to wait.
class load {
public:
  load(const api& who, std::vector<std::string> paths, size_t threads = 8);
  ~load();

  int64_t served() const { return served_; }
  int64_t put_off() const { return put_off_; }
  /// Answers that should not have been, by what they were.
  std::map<std::string, int> surprises() const;
  /// @returns whether another `n` requests are served within a minute.
  bool serves(int64_t n) const;

private:
  void ask(api who, size_t first);
  void note(const answer& a);

  std::vector<std::string> paths_;
  std::atomic<bool> enough_{false};
  std::atomic<int64_t> served_{0}, put_off_{0};
  mutable std::mutex mutex_;
  std::map<std::string, int> surprises_;
  std::vector<std::thread> threads_;
};

/// Lists, details, tiles and thumbnails of an image, each tile another picture.
std::vector<std::string> usual_requests(int64_t image);

} // namespace troupe::test

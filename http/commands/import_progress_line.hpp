// What `troupe import` shows while it works: on a terminal one line that moves.

#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace troupe::http {

class import_progress_line {
public:
  import_progress_line(size_t images, int64_t bytes, bool quiet);
  ~import_progress_line();
  void add_bytes(int64_t n);
  void image_sent() { ++sent_; }
  /// A line of its own, above the moving one.
  void say(const std::string& line);
  void show(bool now = false);

private:
  using clock = std::chrono::steady_clock;
  size_t images_, sent_ = 0;
  int64_t total_, bytes_ = 0;
  bool terminal_, quiet_;
  clock::time_point start_ = clock::now(), shown_{};
};

} // namespace troupe::http

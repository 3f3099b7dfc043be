// Counts what an actor does. Written by the actor, readable from any thread.

#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

namespace troupe {

class meter {
public:
  using clock = std::chrono::steady_clock;

  /// Times one handled message; `errors` counts those that answered with an error.
  class scope {
  public:
    scope(meter& m, size_t waiting) : meter_{m}, start_{clock::now()} {
      m.waiting_ = static_cast<int64_t>(waiting);
      m.busy_ = true;
    }
    ~scope() { meter_.note(clock::now() - start_, failed); }
    bool failed = false;

  private:
    meter& meter_;
    clock::time_point start_;
  };

  struct figures {
    int64_t handled = 0, errors = 0, waiting = 0;
    bool busy = false;
    double uptime = 0, mean = 0, p99 = 0; ///< s
  };
  figures read() const;

private:
  /// Four buckets an octave from 1 us up; the last takes the rest (over 70 min).
  static constexpr size_t buckets = 128;
  void note(clock::duration took, bool failed);

  std::array<std::atomic<uint32_t>, buckets> histogram_{};
  std::atomic<int64_t> handled_{0}, errors_{0}, total_ns_{0}, waiting_{0};
  std::atomic<bool> busy_{false};
  clock::time_point born_ = clock::now();
};

using meter_ptr = std::shared_ptr<meter>;

} // namespace troupe

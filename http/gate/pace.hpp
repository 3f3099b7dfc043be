// How long a transfer may still keep us waiting: one silence at most, and a minimum rate
// over the whole of it, so that no client holds a place by dripping.

#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace troupe::http {

class pace {
public:
  using clock = std::chrono::steady_clock;

  /// @param silence  the longest pause, and the time before the rate counts.
  /// @param slowest  bytes a second.
  pace(std::chrono::milliseconds silence, size_t slowest)
    : silence_{silence},
      slowest_{slowest} {}

  void moved(size_t bytes) { moved_ += bytes; }
  /// Only waiting for the client counts, not what we do ourselves.
  void waited(clock::duration time) { waited_ += time; }

  /// @returns how long to wait for the next byte; 0 when the client is too slow.
  std::chrono::milliseconds patience() const {
    using std::chrono::milliseconds;
    auto earned = milliseconds(slowest_ ? moved_ * 1000 / slowest_ : uint64_t{1} << 40);
    auto left = silence_ + earned - std::chrono::duration_cast<milliseconds>(waited_);
    return std::clamp(left, milliseconds{0}, silence_);
  }

private:
  std::chrono::milliseconds silence_;
  size_t slowest_;
  uint64_t moved_ = 0;
  clock::duration waited_{};
};

} // namespace troupe::http

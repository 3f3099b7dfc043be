// One web request's way through the actors: which of them worked for it, when, how long.
// Knows no CAF: the messages that carry it are made in several folders.

#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace troupe {

/// Thread-safe. Small and bounded: whoever holds one for long holds little.
class request_trace {
public:
  using clock = std::chrono::steady_clock;
  static constexpr size_t most_spans = 64;

  explicit request_trace(std::string id) : id_{std::move(id)} {}

  /// One message handled by one actor.
  struct span {
    std::string actor;
    const char* message = ""; ///< its type's raw name, which lives as long as the program
    int64_t begin_us = 0;     ///< since the request began
    int64_t took_us = 0;
    bool failed = false;
  };
  void note(std::string actor, const char* message, clock::time_point begin,
            clock::time_point end, bool failed) {
    std::lock_guard guard{mutex_};
    if (spans_.size() < most_spans)
      spans_.push_back(
        {std::move(actor), message, us(begin), us(end) - us(begin), failed});
    else
      ++left_out_;
  }

  struct way {
    std::vector<span> spans; ///< by when they began
    int64_t left_out = 0;    ///< beyond the limit
  };
  way read() const {
    way out;
    {
      std::lock_guard guard{mutex_};
      out = {spans_, left_out_};
    }
    std::stable_sort(out.spans.begin(), out.spans.end(),
                     [](auto& a, auto& b) { return a.begin_us < b.begin_us; });
    return out;
  }

  const std::string& id() const { return id_; }

private:
  int64_t us(clock::time_point t) const {
    return std::chrono::duration_cast<std::chrono::microseconds>(t - begin_).count();
  }

  const std::string id_;
  const clock::time_point begin_ = clock::now();
  mutable std::mutex mutex_;
  std::vector<span> spans_;
  int64_t left_out_ = 0;
};
using trace_ptr = std::shared_ptr<request_trace>;

/// For which request a message is. One that is made while a thread works for a request is
/// for that request; nobody has to pass it on. Stays in its process.
class trace_mark {
public:
  trace_mark() : trace_{under_way()} {}
  const trace_ptr& trace() const { return trace_; }

  /// While it lives, the thread works for that request.
  class scope {
  public:
    explicit scope(trace_ptr now) : before_{std::exchange(under_way(), std::move(now))} {}
    ~scope() { under_way() = std::move(before_); }
    scope(const scope&) = delete;
    scope& operator=(const scope&) = delete;

  private:
    trace_ptr before_;
  };

private:
  static trace_ptr& under_way() {
    thread_local trace_ptr current;
    return current;
  }
  trace_ptr trace_;
};

} // namespace troupe

// Counts what an actor does. Written by the actor, readable from any thread.

#pragma once

#include "schema/request_trace.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace troupe {

class meter : public std::enable_shared_from_this<meter> {
public:
  using clock = std::chrono::steady_clock;

  /// Times one handled message; `errors` counts those that answered with an error.
  class scope {
  public:
    /// @param message  its type's raw name, which lives as long as the program.
    scope(meter& m, size_t waiting, const char* message = "",
          trace_ptr request = nullptr);
    ~scope();
    void fail(std::string why) {
      failed = true;
      why_ = std::move(why);
    }
    bool failed = false;

  private:
    friend class meter;
    meter& meter_;
    const char* message_;
    trace_ptr request_;
    std::string why_;
    clock::time_point start_ = clock::now();
  };

  struct figures {
    int64_t handled = 0, errors = 0, waiting = 0;
    bool busy = false;
    double uptime = 0, mean = 0, p99 = 0; ///< s
    std::string message, request;         ///< being handled
    double busy_for = 0;                  ///< s, with that message
  };
  figures read() const;

  /// What one type of message cost so far.
  struct tally {
    std::string message;
    int64_t handled = 0, errors = 0;
    double mean = 0, longest = 0; ///< s
  };
  struct handled_message {
    std::string message, request; ///< request: its id, empty when for none
    int64_t at_ms = 0;            ///< since 1970, when it began
    double seconds = 0;
    std::string error; ///< empty when it went well
  };
  struct details {
    std::vector<tally> tallies;          ///< the costliest first
    std::vector<handled_message> latest; ///< the newest first, as are
    std::vector<handled_message> troubles;
  };
  details look() const;

private:
  /// Four buckets an octave from 1 us up; the last takes the rest (over 70 min).
  static constexpr size_t buckets = 128;
  static constexpr size_t most_latest = 50, most_troubles = 10, most_words = 300;
  struct kept {
    const char* message;
    trace_ptr request;
    int64_t at_ms;
    clock::duration took;
    bool failed;
    std::string why;
  };
  struct sum {
    int64_t handled = 0, errors = 0;
    clock::duration all{}, longest{};
  };
  static handled_message told(const kept& k);
  void begin(const scope& s, size_t waiting);
  void note(scope& s, clock::duration took);

  std::array<std::atomic<uint32_t>, buckets> histogram_{};
  std::atomic<int64_t> handled_{0}, errors_{0}, total_ns_{0}, waiting_{0};
  clock::time_point born_ = clock::now();

  mutable std::mutex mutex_; ///< of what follows; seldom contended
  const scope* now_ = nullptr;
  std::unordered_map<const char*, sum> sums_;
  std::deque<kept> latest_, troubles_; ///< the newest last
};

using meter_ptr = std::shared_ptr<meter>;

/// A type's raw name as people write it, without our namespaces.
std::string name_of_type(const char* raw);

} // namespace troupe

// How many requests came, how they ended, how long they took.

#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace troupe::http {

class request_figures {
public:
  using clock = std::chrono::steady_clock;

  /// Around one request.
  class scope {
  public:
    explicit scope(request_figures& all);
    ~scope();
    const char* route = "other"; ///< its pattern: a bounded set
    std::string method;
    int status = 500;
    double seconds() const;

  private:
    request_figures& all_;
    clock::time_point start_ = clock::now();
  };

  struct summary {
    int64_t total = 0, in_flight = 0, errors = 0; ///< errors: 5xx
    double per_second = 0;                        ///< over the last 10 s
    double p50 = 0, p95 = 0, p99 = 0;             ///< s, of the last minute
  };
  summary read() const;

  /// The complete seconds before this one.
  struct stretch {
    double per_second = 0;
    double p50 = 0, p95 = 0, p99 = 0; ///< s; 0 when nothing was asked
  };
  stretch last(int64_t seconds) const;

  struct key {
    std::string route, method;
    int status;
    auto operator<=>(const key&) const = default;
  };
  std::map<key, int64_t> counts() const;

  /// Upper edges of the histogram told to Prometheus, s.
  static constexpr std::array<double, 11> edges{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                0.1,   0.25,   1,     5,    30};
  struct histogram {
    std::array<int64_t, edges.size() + 1> buckets{}; ///< not cumulative
    double sum = 0;
  };
  histogram durations() const;

private:
  static constexpr size_t steps = 96; ///< four an octave from 1 us
  static constexpr int64_t window = 60;
  struct second {
    int64_t at = -1;
    int64_t total = 0;
    std::array<uint32_t, steps> took{};
  };
  using durations_taken = std::array<uint64_t, steps>;
  static double percentile(const durations_taken& took, double p);
  void note(const scope& s, clock::duration took);
  static int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
             clock::now().time_since_epoch())
      .count();
  }

  mutable std::mutex mutex_;
  std::map<key, int64_t> counts_;
  histogram durations_;
  std::array<second, window> seconds_;
  int64_t total_ = 0, in_flight_ = 0, errors_ = 0;
};

} // namespace troupe::http

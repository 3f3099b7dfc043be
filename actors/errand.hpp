// For whom a job is done: the fairness key, the deadline, and whether anyone still waits.

#pragma once

#include "schema/request_trace.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace troupe {

/// Set by whoever waited, when it no longer does. Stays in its process.
class gone_flag {
public:
  static gone_flag make() {
    gone_flag f;
    f.flag_ = std::make_shared<std::atomic<bool>>(false);
    return f;
  }
  void set() const {
    if (flag_)
      *flag_ = true;
  }
  explicit operator bool() const { return flag_ && *flag_; }
  std::weak_ptr<std::atomic<bool>> watch() const { return flag_; }

  template <class Inspector>
  friend auto inspect(Inspector& f, gone_flag&) {
    return f();
  }

private:
  std::shared_ptr<std::atomic<bool>> flag_;
};

inline int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

struct errand {
  int64_t session = 0; ///< whose turn it is; 0 = the server itself
  std::string view;    ///< a newer plane of the same view replaces an unstarted older one
  int64_t deadline_ms = 0; ///< since 1970; 0 = none
  gone_flag gone;
  trace_mark trace = {}; ///< stays in its process, like `gone`

  bool is_over() const { return gone || (deadline_ms && now_ms() > deadline_ms); }
};
template <class Inspector>
auto inspect(Inspector& f, errand& e) {
  return f(e.session, e.view, e.deadline_ms, e.gone);
}

} // namespace troupe

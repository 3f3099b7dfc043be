// The requests of late, with their ways through the actors.

#pragma once

#include "schema/request_trace.hpp"

#include <deque>
#include <optional>

namespace troupe::http {

struct traced_request {
  trace_ptr trace;
  std::string method, route; ///< the pattern: addresses may have secrets in them
  int64_t at_ms = 0;         ///< since 1970, when it began
  int status = 0;
  double seconds = 0; ///< until its answer was built
};

/// Thread-safe.
class request_ring {
public:
  static constexpr size_t most = 1000;

  void add(traced_request r);
  std::optional<traced_request> find(const std::string& id) const;
  /// The newest first.
  std::vector<traced_request> latest(size_t count) const;

private:
  mutable std::mutex mutex_;
  std::deque<traced_request> ring_; ///< the newest last
};

} // namespace troupe::http

// A closed loop of HTTP clients against a server on this machine: each connection sends
// its next request when it has read the answer to the last.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace troupe::bench {

struct load_plan {
  int port = 0;                     ///< on 127.0.0.1
  std::vector<std::string> targets; ///< "/path?query", asked for in turn
  std::vector<std::pair<std::string, std::string>> headers; ///< of every request
  int connections = 1;
  int64_t requests = 1000; ///< in all
};

struct load_result {
  double seconds = 0, per_second = 0;
  double p50_ms = 0, p99_ms = 0, worst_ms = 0;
  int64_t answers = 0;
  int64_t errors = 0; ///< status 400 and above, broken connections, silence for 30 s
  int64_t bytes = 0;  ///< of the answers, heads included
};

/// Runs in the calling thread until all requests are answered or failed.
load_result run_load(const load_plan& plan);

} // namespace troupe::bench

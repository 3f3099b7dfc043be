// What the operating system says about this process.

#pragma once

#include <cstdint>

namespace troupe::http {

struct process_figures {
  int64_t resident_bytes = 0, threads = 0, open_files = 0;
  double cpu_seconds = 0;
};
process_figures look_at_process();

/// Since this program started, s.
double uptime();

} // namespace troupe::http

#include "http/process_figures.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

namespace troupe::http {

namespace {
const auto born = std::chrono::steady_clock::now();
}

process_figures look_at_process() {
  process_figures out;
  std::ifstream memory{"/proc/self/statm"};
  int64_t total = 0, resident = 0;
  memory >> total >> resident;
  out.resident_bytes = resident * sysconf(_SC_PAGESIZE);
  std::ifstream status{"/proc/self/status"};
  for (std::string key; status >> key;)
    if (key == "Threads:")
      status >> out.threads;
  std::error_code ignored;
  for ([[maybe_unused]] auto& f :
       std::filesystem::directory_iterator{"/proc/self/fd", ignored})
    ++out.open_files;
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  out.cpu_seconds = seconds(used.ru_utime) + seconds(used.ru_stime);
  return out;
}

double uptime() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - born).count();
}

} // namespace troupe::http

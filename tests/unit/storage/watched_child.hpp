// The child of an inspection, started by the test itself, to see what it costs and what
// it complains of (a sanitizer's report, say).

#pragma once

#include "storage/files/descriptor.hpp"
#include "storage/inspect/child.hpp"

#include <sstream>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace troupe::test {

struct watched_child {
  child_answer answer;
  std::string complaints; ///< other lines of its output, and of stderr
  bool ended = false;     ///< by itself, not by a signal
  int64_t peak_bytes = 0; ///< resident; of the test itself where that was more
  double seconds = 0;     ///< of processor time: what others do here is not its fault
};

inline std::string all_of(int fd) {
  std::string text;
  char part[65536];
  for (ssize_t got; (got = ::read(fd, part, sizeof part)) > 0;)
    text.append(part, static_cast<size_t>(got));
  return text;
}

/// @returns the process's number; `output` is the end of the pipe to read.
inline pid_t start_child(const inspection_request& what, descriptor& output) {
  auto words = inspector_arguments(what);
  std::vector<char*> argv{const_cast<char*>("/proc/self/exe")};
  for (auto& word : words)
    argv.push_back(word.data());
  argv.push_back(nullptr);
  int ends[2];
  if (::pipe(ends) != 0)
    throw std::runtime_error{"no pipe"};
  output = descriptor{ends[0]};
  const descriptor input{ends[1]};
  const auto pid = ::fork();
  if (pid == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(ends[1], STDERR_FILENO); // were it a file, a write would be a crime
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  return pid;
}

inline double seconds_of(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

inline watched_child watch_child(const inspection_request& what) {
  descriptor output;
  const auto pid = start_child(what, output);
  const auto text = all_of(output.get());
  int status = 0;
  rusage used{};
  if (::wait4(pid, &status, 0, &used) != pid)
    throw std::runtime_error{"no child to wait for"};
  watched_child seen;
  seen.ended = WIFEXITED(status);
  seen.peak_bytes = int64_t{used.ru_maxrss} << 10;
  seen.seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("{\""))
      seen.answer.take(line);
    else
      seen.complaints += line + "\n";
  return seen;
}

} // namespace troupe::test

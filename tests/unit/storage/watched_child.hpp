// The child of an inspection, started by the test itself, to see what it costs and to
// have its complaints (a sanitizer's, say) in the log.

#pragma once

#include "storage/files/descriptor.hpp"
#include "storage/inspect/child.hpp"

#include <chrono>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace troupe::test {

struct watched_child {
  child_answer answer;
  bool ended = false;     ///< by itself, not by a signal
  int64_t peak_bytes = 0; ///< resident; of the test itself where that was more
  std::chrono::duration<double> took{0};
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
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  return pid;
}

inline watched_child watch_child(const inspection_request& what) {
  const auto start = std::chrono::steady_clock::now();
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
  seen.took = std::chrono::steady_clock::now() - start;
  for (size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
    seen.answer.take(text.substr(at, end - at));
  return seen;
}

} // namespace troupe::test

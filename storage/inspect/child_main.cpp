// The child's side of an inspection.

#include "storage/formats/format.hpp"
#include "storage/inspect/child.hpp"
#include "storage/inspect/derive_here.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <new>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace troupe {
namespace {

/// A decoder of a set may keep all its files open.
constexpr int64_t most_files = 1024;

void limit(int resource, int64_t value) {
  const rlimit both{static_cast<rlim_t>(value), static_cast<rlim_t>(value)};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

void say(const std::string& line) {
  const auto text = line + "\n";
  for (size_t done = 0; done < text.size();) {
    const auto written = ::write(STDOUT_FILENO, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      ::_exit(1); // nobody listens
    done += static_cast<size_t>(written);
  }
}

/// At most ten progress lines a second.
class progress_teller {
public:
  void operator()(double done) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds{100})
      return;
    last_ = now;
    say(progress_line(done));
  }

private:
  std::chrono::steady_clock::time_point last_{};
};

} // namespace

void restrict_this_process(const inspection_request& what) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const auto parent = std::getenv(inspector_mark);
  if (parent && std::to_string(::getppid()) != parent) // it died before that
    ::_exit(1);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (memory_can_be_limited && what.memory_limit > 0)
    limit(RLIMIT_AS, what.memory_limit);
  limit(RLIMIT_CPU, what.deadline.count() * (what.derive ? 2 : 1) + 1);
  limit(RLIMIT_FSIZE, what.derive ? what.derive->most_bytes : 0);
  if (what.derive) // a write beyond the limit is an error like any other
    ::signal(SIGXFSZ, SIG_IGN);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NOFILE, most_files);
  errno = 0;
  [[maybe_unused]] const auto ignored = ::nice(5);
}

int inspect_child_main(const inspection_request& what) {
  restrict_this_process(what);
  const auto name = what.file.filename().string();
  try {
    say(result_line(what.derive ? derive_here(what, progress_teller{})
                                : inspect_here(what, progress_teller{})));
    return 0;
  } catch (const formats::no_image& e) {
    say(error_line(e, true));
  } catch (const failure& e) {
    say(error_line(e));
  } catch (const std::bad_alloc&) {
    say(error_line(
      {errc::unreadable, fmt::format("{}: decoding it takes more than {} MiB of memory",
                                     name, what.memory_limit >> 20)}));
  } catch (const std::exception& e) {
    say(error_line({errc::unreadable, name + ": " + e.what()}));
  }
  return 1;
}

} // namespace troupe

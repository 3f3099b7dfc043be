#include "schema/child_process.hpp"

#include "storage/failure.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <thread>

namespace troupe {

namespace {

using namespace std::chrono_literals;

// Between fork and exec: system calls only, another thread may have held any lock.
[[noreturn]] void become(char* const* arguments, const system_account* account,
                         pid_t parent, int log) {
  if (account
      && (setgroups(0, nullptr) != 0 || setgid(account->group) != 0
          || setuid(account->user) != 0))
    _exit(126);
  prctl(PR_SET_PDEATHSIG, SIGINT); // after setuid, which clears it
  if (getppid() != parent)
    _exit(125);
  setpgid(0, 0);
  umask(0077);
  if (dup2(log, 1) < 0 || dup2(log, 2) < 0 || chdir("/") != 0)
    _exit(124);
  for (int ignored : {SIGPIPE, SIGCHLD, SIGINT, SIGTERM, SIGHUP})
    signal(ignored, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  close_range(3, ~0U, 0);
  execv(arguments[0], arguments);
  _exit(127);
}

} // namespace

std::optional<system_account> database_account() {
  if (geteuid() != 0)
    return std::nullopt;
  const passwd* found = getpwnam("postgres");
  if (!found)
    throw failure{errc::unavailable,
                  "PostgreSQL does not run as root and there is no account "
                  "\"postgres\": install it, or start as another user"};
  return system_account{"postgres", found->pw_uid, found->pw_gid};
}

pid_t start_child(const child_command& what) {
  std::vector<char*> arguments;
  for (const auto& argument : what.arguments)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  int log = open(what.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0)
    throw failure{errc::unavailable, what.log.string() + ": " + std::strerror(errno)};
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0)
    become(arguments.data(), what.account ? &*what.account : nullptr, parent, log);
  int error = errno;
  close(log);
  if (child < 0)
    throw failure{errc::unavailable, what.arguments[0] + ": " + std::strerror(error)};
  return child;
}

std::optional<int> wait_for_end(pid_t child, std::chrono::milliseconds patience) {
  auto deadline = std::chrono::steady_clock::now() + patience;
  for (auto pause = 2ms;; pause = std::min(pause * 2, 50ms)) {
    int status = 0;
    auto ended = waitpid(child, &status, WNOHANG);
    if (ended == child || (ended < 0 && errno == ECHILD))
      return status;
    if (std::chrono::steady_clock::now() >= deadline)
      return std::nullopt;
    std::this_thread::sleep_for(pause);
  }
}

} // namespace troupe

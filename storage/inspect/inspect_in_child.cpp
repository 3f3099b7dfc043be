// The parent's side of an inspection.

#include "storage/files/descriptor.hpp"
#include "storage/formats/format.hpp"
#include "storage/inspect/child.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace troupe {
namespace {

using clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr size_t largest_answer = size_t{64} << 20;
constexpr auto look_around = 100ms;

std::string& inspector_program() {
  static std::string program = "/proc/self/exe";
  return program;
}

/// A running child that does not outlive this object.
class child_process {
public:
  explicit child_process(const std::vector<std::string>& arguments) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
      throw failure{errc::unavailable, "inspect: " + reason_of(errno)};
    out_ = descriptor{ends[0]};
    const descriptor in{ends[1]};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, in.get(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    std::vector<char*> argv{inspector_program().data()};
    for (auto& a : arguments)
      argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    const auto error = spawn(actions, argv.data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
      throw failure{errc::unavailable, "inspect: " + reason_of(error)};
  }
  ~child_process() {
    kill();
    if (pid_ > 0)
      reap(0);
  }
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;

  int output() const { return out_.get(); }
  void kill() const {
    if (pid_ > 0)
      ::kill(pid_, SIGKILL);
  }
  /// @param options  WNOHANG or 0. @returns whether it has ended; status() knows how.
  bool reap(int options) {
    int status = 0;
    pid_t got;
    while ((got = ::waitpid(pid_, &status, options)) < 0 && errno == EINTR) {
    }
    if (got == 0)
      return false;
    pid_ = -1; // also where somebody else reaped it: the status stays unknown
    status_ = got > 0 ? status : 0;
    return true;
  }
  int status() const { return status_; }

private:
  /// The child starts with no signal blocked or ignored.
  int spawn(const posix_spawn_file_actions_t& actions, char** argv) {
    posix_spawnattr_t how;
    posix_spawnattr_init(&how);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    auto mark = fmt::format("{}={}", inspector_mark, ::getpid());
    char* environment[] = {mark.data(), nullptr};
    const auto error = ::posix_spawn(&pid_, argv[0], &actions, &how, argv, environment);
    posix_spawnattr_destroy(&how);
    return error;
  }

  pid_t pid_ = -1;
  int status_ = 0;
  descriptor out_;
};

/// Splits what arrives into lines.
class line_reader {
public:
  /// @returns false at the end of the output.
  bool read(int fd, child_answer& answer) {
    char part[65536];
    const auto got = ::read(fd, part, sizeof part);
    if (got < 0 && errno == EINTR)
      return true;
    if (got <= 0)
      return false;
    if ((total_ += static_cast<size_t>(got)) > largest_answer)
      throw failure{errc::unreadable, "it has too much metadata"};
    text_.append(part, static_cast<size_t>(got));
    size_t start = 0;
    for (size_t end; (end = text_.find('\n', start)) != std::string::npos;
         start = end + 1)
      answer.take(text_.substr(start, end - start));
    text_.erase(0, start);
    return true;
  }

private:
  std::string text_;
  size_t total_ = 0;
};

std::string end_of(int status) {
  if (WIFSIGNALED(status)) {
    const auto signal = WTERMSIG(status);
    if (signal == SIGXCPU)
      return "decoding it takes too long";
    const auto name = ::sigabbrev_np(signal);
    return fmt::format("the decoder crashed (SIG{})",
                       name ? name : std::to_string(signal));
  }
  return fmt::format("the decoder ended without an answer (exit code {})",
                     WEXITSTATUS(status));
}

std::string too_slow(const inspection_request& what) {
  return fmt::format("decoding it takes longer than {} s", what.deadline.count());
}

/// Listens until the child has closed its output and ended.
void listen(child_process& child, const inspection_request& what,
            const std::atomic<bool>& cancelled,
            const std::function<void(double)>& progress, child_answer& answer) {
  const auto deadline = clock::now() + what.deadline;
  line_reader lines;
  auto open = true;
  while (open || !child.reap(WNOHANG)) {
    if (cancelled)
      throw failure{errc::gone, "cancelled"};
    if (clock::now() > deadline)
      throw failure{errc::unreadable, too_slow(what)};
    if (!open) {
      std::this_thread::sleep_for(1ms);
      continue;
    }
    pollfd watched{child.output(), POLLIN, 0};
    if (::poll(&watched, 1, static_cast<int>(look_around.count())) <= 0)
      continue;
    const auto before = answer.progress;
    open = lines.read(child.output(), answer);
    if (progress && answer.progress != before)
      progress(answer.progress);
  }
}

} // namespace

void set_inspector_program(const std::filesystem::path& program) {
  inspector_program() = program.string();
}

inspection inspect_in_child(const inspection_request& what,
                            const std::atomic<bool>& cancelled,
                            const std::function<void(double)>& progress) {
  const auto name = what.file.filename().string() + ": ";
  if (std::getenv(inspector_mark))
    throw failure{errc::internal, name + "an inspection inside an inspection"};
  child_answer answer;
  child_process child{inspector_arguments(what)};
  try {
    listen(child, what, cancelled, progress, answer);
  } catch (const failure& e) {
    throw failure{e.code, name + e.what()};
  }
  if (answer.no_image)
    throw formats::no_image{answer.error->what()};
  if (answer.error)
    throw *answer.error;
  if (!answer.result)
    throw failure{errc::unreadable, name + end_of(child.status())};
  return std::move(*answer.result);
}

} // namespace troupe

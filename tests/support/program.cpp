#include "tests/support/program.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace troupe::test {

namespace fs = std::filesystem;
using clock = std::chrono::steady_clock;

namespace {

constexpr size_t longest_folder = 60;

std::vector<std::string> environment_with(const variables& more) {
  std::vector<std::string> all;
  for (auto** entry = environ; *entry; ++entry)
    if (std::string text = *entry; !text.starts_with("TROUPE_"))
      all.push_back(std::move(text));
  for (auto& [name, value] : more)
    all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts)
    all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

int open_output(const fs::path& file) {
  const auto fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0)
    throw std::runtime_error{"cannot write " + file.string()};
  return fd;
}

/// In the child: only what is safe after a fork in a program with threads.
[[noreturn]] void become(char** arguments, char** environment, int out, int err) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::execve(arguments[0], arguments, environment);
  ::_exit(127);
}

pid_t parent_of(const std::string& process) {
  const auto stat = text_of_file("/proc/" + process + "/stat");
  const auto after_name = stat.rfind(')');
  return after_name == stat.npos ? 0 : std::stoi(stat.substr(after_name + 4));
}

} // namespace

program::program(const words& arguments, const variables& more, const fs::path& out,
                 const fs::path& err) {
  words command{TROUPE_PROGRAM};
  command.insert(command.end(), arguments.begin(), arguments.end());
  auto texts = environment_with(more);
  const auto argv = pointers(command), envp = pointers(texts);
  const auto to = open_output(out), errors = open_output(err);
  pid_ = ::fork();
  if (pid_ == 0)
    become(const_cast<char**>(argv.data()), const_cast<char**>(envp.data()), to, errors);
  ::close(to);
  ::close(errors);
  if (pid_ < 0)
    throw std::runtime_error{"cannot start a process"};
}

program::~program() {
  if (code_)
    return;
  send(SIGTERM);
  if (wait(40s))
    return;
  send(SIGKILL);
  wait(10s);
}

void program::send(int signal) const {
  if (!code_)
    ::kill(pid_, signal);
}

std::optional<int> program::wait(std::chrono::milliseconds patience) {
  const auto until = clock::now() + patience;
  for (int status = 0; !code_;) {
    if (::waitpid(pid_, &status, WNOHANG) == pid_)
      code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    else if (clock::now() >= until)
      return std::nullopt;
    else
      std::this_thread::sleep_for(2ms);
  }
  return code_;
}

ended run_troupe(const words& arguments, const variables& more) {
  const short_folder folder;
  program child{arguments, more, folder / "out", folder / "err"};
  const auto code = child.wait(120s);
  if (!code)
    throw std::runtime_error{"troupe " + arguments.at(0) + " does not end"};
  return {*code, text_of_file(folder / "out"), text_of_file(folder / "err")};
}

bool comes_true(const std::function<bool()>& condition,
                std::chrono::milliseconds patience) {
  const auto until = clock::now() + patience;
  while (!condition()) {
    if (clock::now() >= until)
      return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> found;
  for (auto& e : fs::directory_iterator{"/proc"}) {
    const auto name = e.path().filename().string();
    if (std::isdigit(static_cast<unsigned char>(name[0])) && parent_of(name) == process)
      found.push_back(std::stoi(name));
  }
  return found;
}

std::string text_of_file(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

fs::path write_text(const fs::path& file, const std::string& text) {
  std::ofstream{file, std::ios::binary} << text;
  return file;
}

short_folder::short_folder() {
  auto base = fs::temp_directory_path();
  if (base.string().size() > longest_folder)
    base = "/tmp";
  auto pattern = (base / "troupe-XXXXXX").string();
  if (!::mkdtemp(pattern.data()))
    throw std::runtime_error{"no temporary folder: " + pattern};
  path_ = pattern;
  ::chmod(pattern.c_str(), 0711);
}

short_folder::~short_folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

} // namespace troupe::test

// The built `troupe` program, run as people run it.

#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace troupe::test {

using namespace std::chrono_literals;

using words = std::vector<std::string>;
using variables = std::map<std::string, std::string>;

/// A child process. Ends with this object, and with the test when that dies.
class program {
public:
  /// @param arguments  of `troupe`, its verb first.
  /// @param more  environment, beside ours without its TROUPE_ variables.
  /// @param out, err  files that get its output, appended.
  program(const words& arguments, const variables& more, const std::filesystem::path& out,
          const std::filesystem::path& err);
  ~program();
  program(const program&) = delete;
  program& operator=(const program&) = delete;

  pid_t pid() const { return pid_; }
  void send(int signal) const;
  /// @returns the exit code, minus the signal that ended it, or nothing when it still
  ///          runs after that time.
  std::optional<int> wait(std::chrono::milliseconds patience);

private:
  pid_t pid_ = -1;
  std::optional<int> code_;
};

/// How a program ended and what it said.
struct ended {
  int code = 0;
  std::string out, err;
};
/// Runs `troupe` to its end, at most two minutes.
ended run_troupe(const words& arguments, const variables& more = {});

/// Tries again until it holds. @returns false when it did not in that time.
bool comes_true(const std::function<bool()>& condition,
                std::chrono::milliseconds patience = 60s);

/// @returns what runs as a child of that process now.
std::vector<pid_t> children_of(pid_t process);

std::string text_of_file(const std::filesystem::path& file);
/// @returns `file`.
std::filesystem::path write_text(const std::filesystem::path& file,
                                 const std::string& text);

/// A folder of its own that user postgres may pass through, gone afterwards. Its name is
/// short: a socket's path has at most 107 bytes.
class short_folder {
public:
  short_folder();
  ~short_folder();
  short_folder(const short_folder&) = delete;
  short_folder& operator=(const short_folder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
  std::filesystem::path path_;
};

} // namespace troupe::test

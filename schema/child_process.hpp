// Programs of PostgreSQL as child processes, as root under its own account.

#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace troupe {

/// The account PostgreSQL runs under. PostgreSQL refuses to run as root.
struct system_account {
  std::string name;
  uid_t user = 0;
  gid_t group = 0;
};

/// @returns the account "postgres" when this process is root, else nothing: our own.
/// @throws failure{unavailable} when there is no such account.
std::optional<system_account> database_account();

struct child_command {
  std::vector<std::string> arguments; ///< [0] = absolute path of the program
  std::optional<system_account> account;
  std::filesystem::path log; ///< its output is appended there
};

/// Starts it in its own process group. It gets SIGINT when the calling thread ends.
/// @throws failure{unavailable} when there is no process or log to be had.
pid_t start_child(const child_command& what);

/// Waits for its end. @returns the wait status, nothing when it still runs then.
std::optional<int> wait_for_end(pid_t child, std::chrono::milliseconds patience);

} // namespace troupe

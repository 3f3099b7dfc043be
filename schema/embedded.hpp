// The private PostgreSQL inside the data folder: initdb, start, watch, stop. The thread
// that starts it must live as long as it does (parent-death signal): the main thread.

#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>

namespace troupe {

class embedded_postgres {
public:
  /// @param data  the server's data folder; the cluster is <data>/postgres, the socket
  ///              <data>/run, the log <data>/log/postgres.log.
  /// @throws failure{unavailable} when PostgreSQL is not installed, of another major
  ///         version than the cluster, or the socket path is over 107 bytes.
  explicit embedded_postgres(std::filesystem::path data);
  ~embedded_postgres(); ///< stops it

  /// initdb when the cluster is not there (crash-safe: made aside, then renamed).
  void initialise();
  /// Starts and waits until it answers. Knows a postmaster left by a killed server and
  /// waits for it to end. @throws failure{unavailable} with the last log lines.
  void start(std::chrono::seconds patience = std::chrono::seconds{30});
  /// SIGINT (fast shutdown), then SIGQUIT, SIGKILL.
  void stop();
  /// The main thread calls it on SIGCHLD. @returns true when the server has ended.
  bool reap();
  pid_t pid() const { return pid_; }
  /// "postgresql:///troupe?host=...&user=troupe"
  std::string uri() const;
  /// The name people would give to psql: the same as a shell command.
  std::string describe() const;

private:
  std::filesystem::path data_;
  std::filesystem::path programs_; ///< /usr/lib/postgresql/15/bin
  pid_t pid_ = -1;
};

/// Holds <data>/troupe.lock for life, so that no two servers share a folder.
class data_folder_lock {
public:
  /// @throws failure{conflict} naming the folder and the process id that holds it.
  explicit data_folder_lock(const std::filesystem::path& data);
  ~data_folder_lock();
  data_folder_lock(const data_folder_lock&) = delete;
  data_folder_lock& operator=(const data_folder_lock&) = delete;

private:
  int fd_ = -1;
};

} // namespace troupe

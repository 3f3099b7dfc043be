// A real server on a data folder of its own: PostgreSQL, files, the network.

#pragma once

#include "tests/support/api.hpp"
#include "tests/support/program.hpp"

#include <memory>

namespace troupe::test {

struct start_options {
  words arguments = {}; ///< more of `troupe serve`
  std::string listen = "127.0.0.1:0";
  variables environment = {};
  std::string fault_point = {}; ///< where it kills itself
  bool wait = true;             ///< until it is ready
};

class running_server {
public:
  static constexpr auto password = "correct horse battery";

  explicit running_server(const start_options& how = {});
  ~running_server();

  /// Starts it again on the same folder and waits until it is ready.
  /// @throws std::runtime_error with its log when it is not within a minute.
  void start(const start_options& how = {});
  /// SIGTERM. @returns the exit code, -9 when it had to be killed.
  int stop();
  /// SIGKILL; returns when it is gone.
  void kill();
  /// @returns whether it ends by itself.
  bool has_ended(std::chrono::milliseconds patience = 60s);

  const std::string& url() const { return url_; }
  int port() const;
  pid_t pid() const { return process_->pid(); }
  std::filesystem::path data() const { return folder_ / "data"; }
  /// Room for the test's own files, beside the data.
  std::filesystem::path operator/(const std::string& name) const {
    return folder_ / name;
  }
  std::string log() const { return text_of_file(folder_ / "log"); }
  /// Of the running PostgreSQL. @returns 0 when there is none.
  pid_t postgres() const;

  /// Signed in once, and good after restarts. Not for several threads: copy it.
  api& root();
  api signed_in(const std::string& login, const std::string& with = password);
  /// A new account, by `troupe user add`. @returns it signed in.
  api add_user(const std::string& login, bool admin = false);
  api nobody() const { return api{url_}; }

  /// Also while a room is being replaced.
  json status();
  /// Kills a room as an administrator. The answer may die with it.
  void restart_room(const std::string& name);
  /// @returns whether /readyz says 200 within that time.
  bool is_ready(std::chrono::milliseconds patience = 60s) const;

private:
  void wait_until_ready();

  short_folder folder_;
  std::unique_ptr<program> process_;
  std::string url_, token_;
  std::unique_ptr<api> root_;
};

/// One for all tests of the process that do not mind each other's images and users.
running_server& shared_server();

} // namespace troupe::test

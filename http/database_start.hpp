// A database that is there, migrated, and has a root account: before any actor starts.

#pragma once

#include "actors/configuration.hpp"
#include "schema/embedded.hpp"

#include <memory>
#include <optional>
#include <string>

namespace troupe::http {

class database_start {
public:
  /// Locks the data folder, starts the embedded server unless the configuration names
  /// another, migrates, and on the first start makes `root`, whose password is
  /// TROUPE_ROOT_PASSWORD or is printed once.
  /// @throws failure naming what is in the way.
  explicit database_start(const configuration& config);

  std::string uri() const { return uri_; }
  /// Null with an existing database.
  embedded_postgres* server() { return server_.get(); }

private:
  std::optional<data_folder_lock> lock_;
  std::unique_ptr<embedded_postgres> server_;
  std::string uri_;
};

/// The database of a data folder, for commands beside the server: the running server's,
/// or one started for the command when no server runs.
class database_visit {
public:
  explicit database_visit(const configuration& config);
  std::string uri() const { return uri_; }

private:
  std::optional<data_folder_lock> lock_;
  std::unique_ptr<embedded_postgres> server_;
  std::string uri_;
};

} // namespace troupe::http

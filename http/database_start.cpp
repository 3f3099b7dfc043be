#include "http/database_start.hpp"

#include "schema/connection.hpp"
#include "schema/migrate.hpp"
#include "schema/password.hpp"
#include "schema/queries/accounts.hpp"
#include "schema/queries/repos.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <cstdlib>
#include <thread>

namespace troupe::http {

namespace {

namespace fs = std::filesystem;

void make_data_folder(const configuration& config) {
  if (config.data.empty())
    throw failure{errc::bad_request, "no data folder: give --data DIR"};
  std::error_code error;
  fs::create_directories(config.data, error);
  if (error)
    throw failure{errc::unavailable, config.data.string() + ": " + error.message()};
}

/// The server before us may take a moment to let go of the database.
void refuse_second_server(soci::session& sql) {
  for (int i = 0; i < 30; ++i) {
    if (claim_database(sql))
      return;
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  throw failure{errc::conflict, "another troupe server uses this database"};
}

void make_root(soci::session& sql) {
  if (!run(sql, list_accounts{}).empty())
    return;
  auto* given = std::getenv("TROUPE_ROOT_PASSWORD");
  auto password = given && *given ? std::string{given} : new_token().substr(0, 20);
  run(sql, create_account{.login = "root",
                          .first_name = "",
                          .last_name = "root",
                          .secret = hash_password(password, "root"),
                          .admin = true});
  if (!given || !*given) {
    fmt::print("The password of root is {}\nIt is not shown again; `troupe user passwd "
               "root` sets another.\n",
               password);
    std::fflush(stdout);
  }
}

} // namespace

database_start::database_start(const configuration& config) : uri_{config.database} {
  make_data_folder(config);
  lock_.emplace(config.data);
  if (uri_.empty()) {
    server_ = std::make_unique<embedded_postgres>(config.data);
    server_->initialise();
    server_->start();
    uri_ = server_->uri();
  }
  soci::session sql;
  connect(sql, {.uri = uri_});
  refuse_second_server(sql);
  if (auto n = migrate(sql))
    spdlog::info("migrated steps={}", n);
  set_managed_root(sql, fs::canonical(config.data).string());
  soci::transaction scope{sql};
  make_root(sql);
  scope.commit();
}

database_visit::database_visit(const configuration& config) : uri_{config.database} {
  if (!uri_.empty())
    return;
  if (!fs::exists(config.data))
    throw failure{errc::not_found, config.data.string() + ": no such data folder"};
  auto server = std::make_unique<embedded_postgres>(config.data);
  uri_ = server->uri();
  try {
    lock_.emplace(config.data);
  } catch (const failure&) {
    return; // a server runs on it: its database answers
  }
  server_ = std::move(server);
  server_->initialise();
  server_->start();
}

} // namespace troupe::http

#include "schema/embedded.hpp"

#include "schema/cluster_files.hpp"
#include "schema/connection.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <thread>

namespace troupe {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

namespace {

constexpr size_t longest_socket_path = 107;

std::string quoted_for_uri(const fs::path& path) {
  std::string out;
  for (unsigned char c : path.string())
    out += std::isalnum(c) || c == '/' || c == '.' || c == '-' || c == '_'
             ? std::string(1, static_cast<char>(c))
             : fmt::format("%{:02X}", c);
  return out;
}

std::string uri_of(const cluster_files& files, const char* database) {
  return fmt::format("postgresql:///{}?host={}&port=5432&user=troupe", database,
                     quoted_for_uri(files.sockets()));
}

void sync_folder(const fs::path& folder) {
  int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    fsync(fd);
    close(fd);
  }
}

// The server of a process that was killed shuts down by itself; help it when it is slow.
void wait_for_predecessor(const cluster_files& files, clock::time_point deadline) {
  auto impatient = clock::now() + 1s;
  for (auto pause = 10ms; auto pid = running_postmaster(files);
       pause = std::min(pause * 2, 200ms)) {
    if (clock::now() >= deadline)
      throw failure{errc::unavailable,
                    fmt::format("PostgreSQL still runs on {} as process {}",
                                files.cluster().string(), *pid)};
    if (clock::now() >= impatient) {
      kill(*pid, SIGINT);
      impatient = deadline;
    }
    std::this_thread::sleep_for(pause);
  }
}

// Backends of a postmaster that was killed hold on for a moment.
bool is_passing(const std::string& log) {
  for (const char* sign : {"lock file", "shared memory block", "is still in use"})
    if (log.find(sign) != std::string::npos)
      return true;
  return false;
}

enum class outcome { ready, ended, late };

outcome wait_until_ready(pid_t server, const std::string& uri,
                         clock::time_point deadline) {
  for (auto pause = 10ms;; pause = std::min(pause * 3 / 2, 200ms)) {
    if (wait_for_end(server, 0ms))
      return outcome::ended;
    if (PQping(uri.c_str()) == PQPING_OK)
      return outcome::ready;
    if (clock::now() >= deadline)
      return outcome::late;
    std::this_thread::sleep_for(pause);
  }
}

void create_database(const cluster_files& files) {
  soci::session sql;
  connect(sql, {.uri = uri_of(files, "postgres")});
  int found = 0;
  sql << "select 1 from pg_database where datname = 'troupe'", soci::into(found);
  if (!sql.got_data())
    sql << "create database troupe";
}

child_command server_command(const cluster_files& files, const fs::path& programs) {
  auto set = [](const std::string& name, const std::string& value) {
    return name + "=" + value;
  };
  child_command command{
    {programs / "postgres", "-D", files.cluster()}, database_account(), files.log()};
  for (const auto& setting :
       {set("listen_addresses", ""), set("port", "5432"),
        set("unix_socket_directories", files.sockets()),
        set("unix_socket_permissions", "0700"),
        set("recovery_init_sync_method", "syncfs"), set("max_connections", "40"),
        set("shared_buffers", "128MB"), set("jit", "off"),
        set("log_checkpoints", "off")}) {
    command.arguments.push_back("-c");
    command.arguments.push_back(setting);
  }
  return command;
}

} // namespace

embedded_postgres::embedded_postgres(fs::path data)
  : data_{fs::absolute(data).lexically_normal()},
    programs_{find_programs({data_})} {
  auto socket = cluster_files{data_}.sockets() / ".s.PGSQL.5432";
  if (socket.string().size() > longest_socket_path)
    throw failure{
      errc::unavailable,
      fmt::format("{}: a socket path has at most {} bytes, choose a shorter data folder",
                  socket.string(), longest_socket_path)};
}

embedded_postgres::~embedded_postgres() {
  stop();
}

void embedded_postgres::initialise() {
  cluster_files files{data_};
  auto account = database_account();
  prepare_folders(files, account);
  if (fs::exists(files.cluster() / "PG_VERSION"))
    return;
  fs::remove_all(files.unfinished());
  fs::create_directory(files.unfinished());
  fs::permissions(files.unfinished(), fs::perms::owner_all);
  if (account && chown(files.unfinished().c_str(), account->user, account->group) != 0)
    throw failure{errc::unavailable,
                  files.unfinished().string() + " cannot change hands"};

  auto log_start = log_size(files);
  auto child =
    start_child({{programs_ / "initdb", "-D", files.unfinished(), "-U", "troupe", "-A",
                  "trust", "--encoding=UTF8", "--locale=C", "--no-instructions"},
                 account,
                 files.log()});
  auto status = wait_for_end(child, 120s);
  if (!status)
    kill(child, SIGKILL);
  if (!status || *status != 0)
    throw failure{errc::unavailable, "initdb failed:\n" + log_tail(files, log_start)};
  fs::rename(files.unfinished(), files.cluster());
  sync_folder(files.data);
}

void embedded_postgres::start(std::chrono::seconds patience) {
  if (pid_ > 0 && !reap())
    return;
  cluster_files files{data_};
  prepare_folders(files, database_account());
  auto deadline = clock::now() + patience;
  wait_for_predecessor(files, deadline);
  for (auto pause = 50ms;; pause = std::min(pause * 2, 1000ms)) {
    auto log_start = log_size(files);
    pid_ = start_child(server_command(files, programs_));
    auto result = wait_until_ready(pid_, uri_of(files, "postgres"), deadline);
    if (result == outcome::ready)
      break;
    auto log = log_tail(files, log_start);
    if (result == outcome::ended)
      pid_ = -1;
    if (result == outcome::late || !is_passing(log) || clock::now() >= deadline) {
      stop();
      throw failure{errc::unavailable, "PostgreSQL does not start:\n" + log};
    }
    std::this_thread::sleep_for(pause);
  }
  create_database(files);
}

void embedded_postgres::stop() {
  struct step {
    int signal;
    std::chrono::seconds patience;
  };
  for (auto [signal, patience] :
       {step{SIGINT, 20s}, step{SIGQUIT, 5s}, step{SIGKILL, 5s}}) {
    if (pid_ <= 0)
      return;
    kill(pid_, signal);
    if (wait_for_end(pid_, patience))
      pid_ = -1;
  }
}

bool embedded_postgres::reap() {
  if (pid_ > 0 && !wait_for_end(pid_, 0s))
    return false;
  pid_ = -1;
  return true;
}

std::string embedded_postgres::uri() const {
  return uri_of({data_}, "troupe");
}

std::string embedded_postgres::describe() const {
  return "psql '" + uri() + "'";
}

} // namespace troupe

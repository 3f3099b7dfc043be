// The private PostgreSQL: starting it where something went wrong before.

#include "schema/connection.hpp"
#include "schema/embedded.hpp"
#include "storage/failure.hpp"

#include <doctest/doctest.h>
#include <soci/soci.h>

#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <thread>

using namespace troupe;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

struct scratch_folder {
  scratch_folder() {
    std::string pattern = fs::temp_directory_path() / "troupe-embedded-XXXXXX";
    path = mkdtemp(pattern.data());
  }
  ~scratch_folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path;
};

int64_t one_from(const embedded_postgres& server) {
  soci::session sql;
  connect(sql, {.uri = server.uri()});
  int64_t one = 0;
  sql << "select 1", soci::into(one);
  return one;
}

void put(const embedded_postgres& server) {
  soci::session sql;
  connect(sql, {.uri = server.uri()});
  sql << "create table kept as select 42 as answer";
}

int64_t get(const embedded_postgres& server) {
  soci::session sql;
  connect(sql, {.uri = server.uri()});
  int64_t answer = 0;
  sql << "select answer from kept", soci::into(answer);
  return answer;
}

std::string refusal_of(const std::function<void()>& action) {
  try {
    action();
    return "";
  } catch (const failure& f) {
    return to_string(f.code) + ": " + f.what();
  }
}

bool ends_within(std::chrono::seconds patience, const std::function<bool()>& ended) {
  auto deadline = std::chrono::steady_clock::now() + patience;
  while (!ended() && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(10ms);
  return ended();
}

/// A child process that does the work of a test. Its exit code 0 is success.
pid_t fork_to(const std::function<void()>& work) {
  pid_t child = fork();
  if (child != 0)
    return child;
  try {
    work();
    _exit(0);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "in the child: %s\n", e.what());
    _exit(1);
  }
}

/// A process that was not our child and has ended, or is but a zombie.
bool is_gone(pid_t pid) {
  std::ifstream stat{"/proc/" + std::to_string(pid) + "/stat"};
  std::string line;
  return !std::getline(stat, line) || line.find(") Z ") != std::string::npos;
}

} // namespace

TEST_CASE("embedded: starts, stops and starts again with what it had") {
  scratch_folder data;
  embedded_postgres server{data.path};
  server.initialise();
  server.initialise();
  server.start();
  server.start();
  CHECK(one_from(server) == 1);
  put(server);
  CHECK(server.describe() == "psql '" + server.uri() + "'");
  CHECK_FALSE(server.reap());
  server.stop();
  CHECK(server.reap());
  server.start();
  CHECK(get(server) == 42);
  struct stat sockets {};
  REQUIRE(stat((data.path / "run").c_str(), &sockets) == 0);
  CHECK((sockets.st_mode & 0777) == 0700);
}

TEST_CASE("embedded: comes back after its own end by force") {
  scratch_folder data;
  embedded_postgres server{data.path};
  server.initialise();
  server.start();
  put(server);
  soci::session busy;
  connect(busy, {.uri = server.uri()});
  busy << "select 1"; // its backend outlives the postmaster for a moment
  kill(server.pid(), SIGKILL);
  CHECK(ends_within(20s, [&] { return server.reap(); }));
  auto start = std::chrono::steady_clock::now();
  server.start();
  MESSAGE(
      "start after kill -9: "
      << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()
      << " s");
  CHECK(get(server) == 42);
  CHECK_FALSE(is_alive(busy));
}

TEST_CASE("embedded: ends with a server that was killed, and starts for the next") {
  scratch_folder data;
  embedded_postgres next{data.path};
  next.initialise();
  auto note = data.path / "pid";
  pid_t server = fork_to([&] {
    embedded_postgres own{data.path};
    own.start();
    std::ofstream{note.string() + ".new"} << own.pid() << std::endl;
    fs::rename(note.string() + ".new", note);
    pause();
  });
  REQUIRE(ends_within(60s, [&] { return fs::exists(note); }));
  pid_t postmaster = 0;
  std::ifstream{note} >> postmaster;
  kill(server, SIGKILL);
  waitpid(server, nullptr, 0);
  SUBCASE("at leisure") {
    CHECK(ends_within(20s, [&] { return is_gone(postmaster); }));
    next.start();
  }
  SUBCASE("at once") {
    next.start();
  }
  CHECK(one_from(next) == 1);
  CHECK(next.pid() != postmaster);
}

TEST_CASE("embedded: an initdb that was killed leaves nothing in the way") {
  scratch_folder data;
  fs::create_directories(data.path / "postgres.new/base");
  std::ofstream{data.path / "postgres.new/PG_VERSION"} << "15\n";
  embedded_postgres server{data.path};
  server.initialise();
  CHECK_FALSE(fs::exists(data.path / "postgres.new"));
  server.start();
  CHECK(one_from(server) == 1);
}

TEST_CASE("embedded: what keeps it from starting is said") {
  scratch_folder data;
  {
    embedded_postgres server{data.path};
    server.initialise();
    std::ofstream{data.path / "postgres/postgresql.conf", std::ios::app}
        << "nonsense = 1\n";
    CHECK(refusal_of([&] { server.start(); }).find("nonsense") != std::string::npos);
    CHECK(server.pid() == -1);
  }
  std::ofstream{data.path / "postgres/PG_VERSION"} << "9\n";
  auto other = refusal_of([&] { embedded_postgres{data.path}; });
  CHECK(other.find("made by PostgreSQL 9") != std::string::npos);
  auto deep = refusal_of([&] { embedded_postgres{data.path / std::string(100, 'x')}; });
  CHECK(deep.find("at most 107 bytes") != std::string::npos);
}

TEST_CASE("embedded: one server holds a data folder") {
  scratch_folder data;
  {
    data_folder_lock lock{data.path};
    auto refused = refusal_of([&] { data_folder_lock second{data.path}; });
    CHECK(refused
          == "conflict: " + data.path.string() + " is in use by process "
                 + std::to_string(getpid()));
  }
  CHECK_NOTHROW(data_folder_lock{data.path});
}

TEST_CASE("embedded: runs as a plain user") {
  const passwd* nobody = geteuid() == 0 ? getpwnam("nobody") : nullptr;
  if (!nobody) {
    MESSAGE("skipped: not root, the other tests run as a plain user already");
    return;
  }
  scratch_folder data;
  REQUIRE(chown(data.path.c_str(), nobody->pw_uid, nobody->pw_gid) == 0);
  pid_t child = fork_to([&] {
    if (setgid(nobody->pw_gid) != 0 || setuid(nobody->pw_uid) != 0)
      throw std::runtime_error{"not allowed to become nobody"};
    embedded_postgres server{data.path};
    server.initialise();
    server.start();
    put(server);
    server.stop();
    server.start();
    if (get(server) != 42)
      throw std::runtime_error{"another answer"};
  });
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
}

TEST_CASE("embedded: as root a folder the database cannot enter is refused") {
  if (geteuid() != 0) {
    MESSAGE("skipped: not root");
    return;
  }
  scratch_folder closed; // 0700
  embedded_postgres server{closed.path / "inner"};
  auto refused = refusal_of([&] { server.initialise(); });
  CHECK(refused.find("may not enter " + closed.path.string()) != std::string::npos);
}

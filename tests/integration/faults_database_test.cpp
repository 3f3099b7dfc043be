// PostgreSQL goes away and comes back while people work.

#include "tests/support/load.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <csignal>
#include <fstream>

using namespace troupe::test;
namespace fs = std::filesystem;

namespace {

/// The postmaster and its children, all of this server.
std::vector<pid_t> processes_of(const running_server& server) {
  const auto postmaster = server.postgres();
  if (postmaster == 0)
    return {};
  auto all = children_of(postmaster);
  all.push_back(postmaster);
  return all;
}

void send(const std::vector<pid_t>& processes, int signal) {
  for (auto pid : processes)
    ::kill(pid, signal);
}

void check_unsurprised(const load& people) {
  for (auto& [what, times] : people.surprises())
    FAIL_CHECK(times << " times: " << what);
}

/// @returns whether reading and writing work.
bool works(running_server& server) {
  auto& root = server.root();
  return root.get("/api/v1/images").status == 200
         && root.post("/api/v1/projects", {{"name", "p"}}).status == 201;
}

} // namespace

TEST_CASE("faults: PostgreSQL is killed and the server starts it again") {
  running_server server;
  const auto image = import_image(server.root(), "pyramid.tif", pyramid{}.bytes());
  const load people{server.root(), usual_requests(image)};
  for (int i = 0; i < 2; ++i) {
    REQUIRE(people.serves(50));
    const auto before = server.postgres();
    REQUIRE(before != 0);
    ::kill(before, SIGKILL);
    CHECK(comes_true([&] { return server.postgres() != before && works(server); }));
    CHECK(server.is_ready());
  }
  CHECK(people.serves(50));
  check_unsurprised(people);
}

TEST_CASE("faults: while PostgreSQL is away requests are put off, then all is well") {
  running_server server;
  const auto image = import_image(server.root(), "pyramid.tif", pyramid{}.bytes());
  const load people{server.root(), usual_requests(image)};
  REQUIRE(people.serves(50));
  const auto cluster = server.data() / "postgres",
             aside = server.data() / "postgres.aside";
  const auto all = processes_of(server);
  fs::rename(cluster, aside); // it cannot be started again
  send(all, SIGKILL);
  CHECK(comes_true([&] { return server.nobody().get("/readyz").status == 503; }));
  const auto away = server.root().get("/api/v1/projects");
  CHECK(away.status == 503);
  CHECK(away.has("Retry-After"));
  CHECK(away.document().at("detail").get<std::string>().find(server.data())
        == std::string::npos);
  CHECK(server.nobody().get("/healthz").status == 200);
  const auto waiting = people.put_off();
  CHECK(comes_true([&] { return people.put_off() > waiting + 20; }));

  fs::rename(aside, cluster);
  CHECK(comes_true([&] { return works(server); }));
  CHECK(server.is_ready());
  CHECK(people.serves(50));
  check_unsurprised(people);
  for (auto& one : server.status().at("actors"))
    CHECK(one.at("restarts") == 0);
}

TEST_CASE("faults: a PostgreSQL that hangs does not hang the server") {
  running_server server;
  auto& root = server.root();
  REQUIRE(works(server));
  const auto all = processes_of(server);
  REQUIRE(all.size() > 3);
  send(all, SIGSTOP);
  const auto ready = server.nobody().get("/readyz");
  const auto tile = root.get("/api/v1/images/1/tile?level=0&x=0&y=0&z=0&t=0");
  const auto alive = server.nobody().get("/healthz");
  send(all, SIGCONT);
  CHECK(ready.status == 503);
  CHECK(ready.document().at("checks").at("database").at("ok") == false);
  CHECK(tile.status == 503);
  CHECK(alive.status == 200);
  CHECK(comes_true([&] { return works(server); }));
  CHECK(server.is_ready());
}

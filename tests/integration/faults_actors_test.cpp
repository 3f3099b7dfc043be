// Rooms die while people work.

#include "tests/support/load.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// Restarts of every room, in start order.
std::vector<std::pair<std::string, int64_t>> restarts_of(running_server& server) {
  std::vector<std::pair<std::string, int64_t>> out;
  const auto status = server.status();
  for (auto& one : status.at("actors"))
    if (one.at("parent").is_null() && one.at("name") != "supervisor")
      out.emplace_back(one.at("name"), one.at("restarts"));
  return out;
}

bool everything_runs(running_server& server) {
  const auto status = server.status();
  for (auto& one : status.at("actors"))
    if (one.at("state") != "idle" && one.at("state") != "busy")
      return false;
  return status.at("ready") == true;
}

void check_no_surprise_of_actors(const load& people) {
  for (auto& [what, times] : people.surprises())
    FAIL_CHECK(times << " times: " << what);
}

/// Kills it and waits until it has been replaced.
void kill_room(running_server& server, const std::string& room) {
  const auto count = [&] {
    return actor(server.status(), room).at("restarts").get<int>();
  };
  const auto before = count();
  server.restart_room(room);
  REQUIRE(comes_true([&] { return count() > before; }));
}

} // namespace

TEST_CASE("faults: each room may die under load, those above it go on") {
  running_server server;
  const auto image = import_image(server.root(), "pyramid.tif", pyramid{}.bytes());
  const load people{server.root(), usual_requests(image)};
  REQUIRE(people.serves(50));
  const auto rooms = restarts_of(server);
  REQUIRE(rooms.size() >= 7);
  for (size_t dead = 0; dead < rooms.size(); ++dead) {
    auto& room = rooms[dead].first;
    CAPTURE(room);
    const auto before = restarts_of(server);
    kill_room(server, room);
    CHECK(comes_true([&] { return everything_runs(server); }, 10s));
    const auto after = restarts_of(server);
    for (size_t i = 0; i < rooms.size(); ++i)
      CHECK(after[i].second == before[i].second + (i >= dead));
    CHECK(people.serves(50));
  }
  CHECK(server.root().get("/api/v1/session").status == 200); // the same token
  check_no_surprise_of_actors(people);
}

TEST_CASE("faults: a dead supervisor is replaced, and the rooms are adopted") {
  running_server server;
  const auto image = import_image(server.root(), "pyramid.tif", pyramid{}.bytes());
  const load people{server.root(), usual_requests(image)};
  REQUIRE(people.serves(50));
  const auto before = restarts_of(server);
  kill_room(server, "supervisor");
  CHECK(comes_true([&] { return everything_runs(server); }, 10s));
  const auto after = restarts_of(server);
  for (size_t i = 0; i + 1 < before.size(); ++i)
    CHECK(after[i] == before[i]);
  CHECK(after.back().second
        == before.back().second + 1); // it holds the supervisor's handle
  kill_room(server, "plane-render");  // and they are watched again
  CHECK(people.serves(50));
  check_no_surprise_of_actors(people);
}

TEST_CASE(
  "faults: a room that keeps dying stays down, and says so, until told otherwise") {
  running_server server;
  const auto image = import_image(server.root(), "pyramid.tif", pyramid{}.bytes());
  const auto thumbnail = fmt::format("/api/v1/images/{}/thumbnail", image);
  const auto tile = fmt::format("/api/v1/images/{}/tile?level=0&x=0&y=0&z=0&t=0", image);
  for (int i = 0; i < 6; ++i)
    kill_room(server, "thumbnail");
  REQUIRE(comes_true(
    [&] { return actor(server.status(), "thumbnail").at("state") == "failed"; }));

  const auto ready = server.nobody().get("/readyz");
  CHECK(ready.status == 503);
  CHECK(ready.document().at("checks").at("actors").at("detail").get<std::string>().find(
          "thumbnail")
        != std::string::npos);
  CHECK(server.status().at("ready") == false);
  const auto missing = server.root().get(thumbnail);
  CHECK(missing.status == 503);
  CHECK(missing.has("Retry-After"));
  CHECK(server.root().get(tile).status == 200);
  CHECK(server.root().get("/api/v1/images").status == 200);
  CHECK(server.signed_in("root").get("/api/v1/session").status == 200);
  import_image(server.root(), "more.png", picture_specimen{}.png());

  server.restart_room("thumbnail");
  CHECK(server.is_ready(10s));
  CHECK(comes_true([&] { return server.root().get(thumbnail).status == 200; }, 10s));
}

TEST_CASE("faults: a room that died is back within a second") {
  running_server server;
  for (const auto* room : {"plane-render", "imports", "sessions", "bridge"}) {
    CAPTURE(room);
    const auto start = std::chrono::steady_clock::now();
    kill_room(server, room);
    CHECK(server.root().get("/api/v1/images").status == 200);
    // Ten times what is wanted: the machine may be busy.
    CHECK(std::chrono::steady_clock::now() - start < 10s);
  }
}

TEST_CASE("faults: an import goes on when its room dies") {
  running_server server;
  const auto id = upload(server.root(), "big.tif", big_tiff(12000, 12000));
  server.root().make(fmt::format("/api/v1/imports/{}/commit", id), json::object());
  kill_room(server, "imports");
  CHECK(wait_for_end(server.root(), id).at("state") == "done");
  CHECK(server.root().read("/api/v1/images").at("total") == 1);
}

// Many requests at once: nobody starves, nothing is done twice, or for nobody. The one
// worker is held by slow pictures while the queue behind it fills up.

#include "tests/support/raw_connection.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <list>

using namespace troupe::test;

namespace {

/// A server with a single render worker.
struct narrow_house {
  explicit narrow_house(const words& more = {}) : server{options(more)} {
    big = import_image(server.root(), "big.tif", big_tiff(8000, 8000));
    tiled = import_image(server.root(), "tiled.tif", pyramid{}.bytes());
    server.root().get(tile(1)); // the session knows them from now on
  }
  static start_options options(words more) {
    more.insert(more.end(), {"--render-workers", "1"});
    return {.arguments = more};
  }

  std::string tile(int n) const {
    return fmt::format("/api/v1/images/{}/tile?level=0&x=0&y=0&z=0&t=0&c=1|0:{}$FF8040",
                       tiled, 100 + n);
  }
  std::string plane(int n) const {
    return fmt::format("/api/v1/images/{}/plane?z=0&t=0&c=1|0:{}$FF8040", tiled, 100 + n);
  }
  int64_t queue(const std::string& figure) {
    return entry(server.status(), "queues", "render-worker").at(figure);
  }
  int64_t rendered() { return actor(server.status(), "render-worker-1").at("handled"); }

  running_server server;
  int64_t big = 0, tiled = 0;

  static narrow_house& one() {
    static narrow_house house;
    return house;
  }
};

/// A request that is on its way.
struct asked : raw_connection {
  asked(const narrow_house& house, const api& who, const std::string& path,
        const std::string& view = "")
    : raw_connection{house.server.port()} {
    say(fmt::format("GET {} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {}\r\n{}\r\n",
                    path, who.token(),
                    view.empty() ? "" : "Troupe-View: " + view + "\r\n"));
  }
};
using requests = std::list<asked>;

/// Two pictures that take seconds: the second waits, or holds the worker in its turn.
struct held_worker {
  explicit held_worker(narrow_house& house) {
    static int count = 0;
    for (int i = 0; i < 2; ++i)
      pictures.emplace_back(
        house, house.server.root(),
        fmt::format("/api/v1/images/{}/plane?z=0&t=0&format=png&c=1|0:{}$FF8040",
                    house.big, 200 + ++count));
    REQUIRE(comes_true(
      [&] { return house.queue("inFlight") == 1 && house.queue("length") == 1; }));
  }
  bool is_held() const { return !pictures.back().has_answer(); }
  requests pictures;
};

int answered(const requests& all) {
  return static_cast<int>(
    std::count_if(all.begin(), all.end(), [](auto& a) { return a.has_answer(); }));
}

void check_all_served(requests& all) {
  for (auto& a : all)
    CHECK(a.hear_status() == 200);
}

} // namespace

TEST_CASE("fairness: 200 queued tiles of one user do not keep another waiting") {
  auto& house = narrow_house::one();
  auto other = house.server.add_user("patient", true);
  REQUIRE(other.get(house.tile(1)).status == 200);
  held_worker held{house};
  requests flood;
  for (int i = 0; i < 200; ++i)
    flood.emplace_back(house, house.server.root(), house.tile(1000 + i));
  REQUIRE(comes_true([&] { return house.queue("length") >= 200; }));
  asked one{house, other, house.tile(2000)};
  CHECK(one.hear_status() == 200);
  CHECK(answered(flood) <= 20); // of 200; its turn came after one of theirs
  check_all_served(flood);
}

TEST_CASE("sharing: 50 askers of one tile cost one rendering") {
  auto& house = narrow_house::one();
  const auto shared = house.queue("shared"), rendered = house.rendered();
  held_worker held{house};
  requests all;
  for (int i = 0; i < 50; ++i)
    all.emplace_back(house, house.server.root(), house.tile(3000));
  REQUIRE(comes_true([&] { return house.queue("shared") == shared + 49; }));
  CHECK(held.is_held());
  check_all_served(all);
  check_all_served(held.pictures);
  CHECK(house.rendered() == rendered + 2 + 1);
}

TEST_CASE("dropping: what the client left is not rendered") {
  auto& house = narrow_house::one();
  const auto dropped = house.queue("dropped"), rendered = house.rendered();
  const auto in_flight = [&] {
    return house.server.status().at("requests").at("inFlight").get<int>();
  };
  held_worker held{house};
  const auto before = in_flight();
  requests staying, leaving;
  for (int i = 0; i < 10; ++i) {
    staying.emplace_back(house, house.server.root(), house.tile(4000 + i));
    leaving.emplace_back(house, house.server.root(), house.tile(5000 + i));
  }
  REQUIRE(comes_true([&] { return in_flight() == before + 20; }));
  leaving.clear();
  REQUIRE(comes_true([&] { return in_flight() == before + 10; }));
  REQUIRE(held.is_held());
  check_all_served(staying);
  check_all_served(held.pictures);
  CHECK(comes_true([&] { return house.queue("dropped") == dropped + 10; }));
  CHECK(house.rendered() == rendered + 2 + 10);
}

TEST_CASE("dropping: a shared tile is rendered while one of its askers stays") {
  auto& house = narrow_house::one();
  const auto shared = house.queue("shared"), dropped = house.queue("dropped");
  held_worker held{house};
  requests staying, leaving;
  leaving.emplace_back(house, house.server.root(), house.tile(6000));
  REQUIRE(comes_true([&] { return house.queue("length") == 2; }));
  staying.emplace_back(house, house.server.root(), house.tile(6000));
  REQUIRE(comes_true([&] { return house.queue("shared") == shared + 1; }));
  leaving.clear();
  check_all_served(staying);
  CHECK(house.queue("dropped") == dropped);
}

TEST_CASE("views: a newer plane of a view replaces an older one that has not started") {
  auto& house = narrow_house::one();
  held_worker held{house};
  asked older{house, house.server.root(), house.plane(1), "mine"};
  asked other{house, house.server.root(), house.plane(2), "another"};
  asked tile{house, house.server.root(), house.tile(7000), "mine"};
  REQUIRE(comes_true([&] { return house.queue("length") == 4; }));
  asked newer{house, house.server.root(), house.plane(3), "mine"};
  CHECK(older.hear_status() == 503);
  CHECK(held.is_held()); // it was told at once
  CHECK(newer.hear_status() == 200);
  CHECK(other.hear_status() == 200);
  CHECK(tile.hear_status() == 200);
}

TEST_CASE("queues: a full one says so at once, and keeps room for others") {
  narrow_house house{{"--queue-limit", "8"}};
  auto other = house.server.add_user("late", true);
  REQUIRE(other.get(house.tile(1)).status == 200);
  held_worker held{house};
  requests waiting;
  for (int i = 0; i < 3; ++i) // with the second picture: half of the limit
    waiting.emplace_back(house, house.server.root(), house.tile(100 + i));
  REQUIRE(comes_true([&] { return house.queue("length") == 4; }));
  const auto full = house.server.root().get(house.tile(200));
  CHECK(full.status == 503);
  CHECK(full.has("Retry-After"));
  CHECK(house.queue("refused") == 1);
  waiting.emplace_back(house, other, house.tile(300));
  check_all_served(waiting);
}

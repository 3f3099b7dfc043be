#include "http/status_delta.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

using namespace troupe::http;
using nlohmann::json;

namespace {

json actor_row(const std::string& name, int handled = 0, double uptime = 10,
               const char* state = "idle") {
  return {{"name", name},   {"kind", "kind"},     {"parent", nullptr},
          {"state", state}, {"handled", handled}, {"errors", 0},
          {"restarts", 0},  {"uptime", uptime},   {"mean", 0.00123},
          {"p99", 0.0456},  {"mailbox", 0},       {"gauges", json::object()}};
}

json status_with(json actors, int at = 0) {
  return {{"at", at}, {"version", "1"}, {"actors", std::move(actors)}};
}

} // namespace

TEST_CASE("status delta: only members and fields that changed") {
  status_delta d;
  d.start(status_with({actor_row("a"), actor_row("b")}));
  const auto delta = d.next(status_with({actor_row("a", 5), actor_row("b")}, 1000));
  CHECK(delta
        == json{{"at", 1000},
                {"actors", json::array({{{"name", "a"}, {"handled", 5}}})},
                {"gone", json::array()}});
  CHECK(d.known().at("actors")[0].at("handled") == 5);
}

TEST_CASE("status delta: time that passes is no change, a new start is") {
  status_delta d;
  d.start(status_with({actor_row("a", 3, 10)}));
  CHECK(d.next(status_with({actor_row("a", 3, 100)}, 1)).at("actors").empty());
  const auto anew = d.next(status_with({actor_row("a", 0, 50)}, 2)).at("actors");
  REQUIRE(anew.size() == 1);
  CHECK(anew[0].at("uptime") == 50);
  CHECK(anew[0].at("handled") == 0);
}

TEST_CASE("status delta: who comes is told whole, who goes by name") {
  status_delta d;
  d.start(status_with({actor_row("a"), actor_row("b")}));
  const auto delta = d.next(status_with({actor_row("b"), actor_row("c", 7)}));
  REQUIRE(delta.at("actors").size() == 1);
  CHECK(delta.at("actors")[0] == actor_row("c", 7));
  CHECK(delta.at("gone") == json{"a"});
}

TEST_CASE("status delta: a thousand busy actors are told bit by bit, and trouble first") {
  auto all = [](int handled, const char* last_state) {
    auto rows = json::array();
    for (int i = 0; i < 1000; ++i)
      rows.push_back(actor_row(fmt::format("session-{}", i), handled, 10,
                               i == 999 ? last_state : "idle"));
    return status_with(rows);
  };
  status_delta d;
  d.start(all(0, "idle"));
  const auto busy = all(123456, "failed");
  std::set<std::string> told;
  for (int second = 0; told.size() < 1000; ++second) {
    REQUIRE(second < 10);
    const auto delta = d.next(busy);
    CHECK(delta.dump().size() <= 20'000);
    if (second == 0)
      CHECK(delta.at("actors")[0].at("state") == "failed");
    for (auto& a : delta.at("actors"))
      CHECK(told.insert(a.at("name").get<std::string>()).second);
  }
  CHECK(d.known() == busy);
}

TEST_CASE("status delta: while all change each second, each is told within some") {
  status_delta d;
  auto at_second = [](int second) {
    auto rows = json::array();
    for (int i = 0; i < 1000; ++i)
      rows.push_back(actor_row(fmt::format("session-{}", i), 1000 + second));
    return status_with(rows);
  };
  d.start(at_second(0));
  std::set<std::string> told;
  for (int second = 1; second <= 6; ++second) {
    const auto delta = d.next(at_second(second));
    for (auto& a : delta.at("actors"))
      told.insert(a.at("name").get<std::string>());
  }
  CHECK(told.size() == 1000);
}

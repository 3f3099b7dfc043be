// One group at a time: what is seen, what is shown, and where new things go.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// Somebody in the default group and in one of their own, with a project in each.
struct commuter {
  api who;
  int64_t home = 0, away = 0;           ///< groups
  int64_t at_home = 0, on_the_road = 0; ///< projects

  explicit commuter(const std::string& login)
    : who{shared_server().add_user(login)},
      home{who.read("/api/v1/session").at("group").at("id")} {
    auto& root = shared_server().root();
    away = root.make("/api/v1/groups", {{"name", login + " away"}}).at("id");
    const auto me = who.read("/api/v1/session").at("account").at("id").get<int64_t>();
    REQUIRE(
      root.put(fmt::format("/api/v1/groups/{}/members/{}", away, me), json::object())
        .status
      == 200);
    at_home = who.make("/api/v1/projects", {{"name", login}}).at("id");
    on_the_road =
      who.make(fmt::format("/api/v1/projects?group={}", away), {{"name", login}})
        .at("id");
  }

  json projects(const std::string& group) {
    auto out = json::array();
    const auto list = who.read("/api/v1/projects?limit=1000&" + group);
    for (auto& p : list.at("items"))
      if (p.at("id") == at_home || p.at("id") == on_the_road)
        out.push_back(p.at("id"));
    return out;
  }
  std::string only(int64_t group) const { return fmt::format("group={}", group); }
};

} // namespace

TEST_CASE("group view: lists and objects of one group, or of all") {
  commuter c{"view.ada"};
  CHECK(c.projects("") == json{c.at_home, c.on_the_road});
  CHECK(c.projects(c.only(c.home)) == json::array({c.at_home}));
  CHECK(c.projects(c.only(c.away)) == json::array({c.on_the_road}));
  const auto path = fmt::format("/api/v1/projects/{}?", c.on_the_road);
  CHECK(c.who.get(path + c.only(c.away)).status == 200);
  CHECK(c.who.get(path + c.only(c.home)).status == 404);
  CHECK(c.who.read("/api/v1/session?" + c.only(c.away)).at("group").at("id") == c.away);
}

TEST_CASE("group view: pictures keep to it") {
  commuter c{"view.bert"};
  const auto image = import_image(c.who, "view.png", picture_specimen{}.png());
  for (const auto* what : {"tile?level=0&x=0&y=0&z=0&t=0&", "thumbnail?size=32&",
                           "plane?z=0&t=0&", "pixels?z=0&c=0&t=0&"}) {
    const auto path = fmt::format("/api/v1/images/{}/{}", image, what);
    CAPTURE(what);
    CHECK(c.who.get(path + c.only(c.home)).status == 200);
    CHECK(c.who.get(path + c.only(c.away)).status == 404);
  }
}

TEST_CASE("group view: only of a group that is seen") {
  commuter c{"view.cleo"};
  auto stranger = shared_server().add_user("view.dora");
  const auto refused = stranger.get("/api/v1/projects?" + c.only(c.away));
  CHECK(refused.status == 404);
  CHECK(refused.document().at("detail") == fmt::format("group {}", c.away));
  CHECK(stranger.post("/api/v1/projects?" + c.only(c.away), {{"name", "smuggled"}}).status
        == 404);
  for (const auto* bad : {"group=x", "group=-1", "group=", "group=99999999999999999999"})
    CHECK(c.who.get(std::string{"/api/v1/projects?"} + bad).status == 400);
  CHECK(shared_server().root().get("/api/v1/projects?" + c.only(c.away)).status == 200);
}

TEST_CASE("group view: ends with the membership, and with the session") {
  commuter c{"view.emma"};
  auto& root = shared_server().root();
  auto fred = shared_server().add_user("view.fred");
  const auto them = fred.read("/api/v1/session").at("account").at("id").get<int64_t>();
  const auto membership = fmt::format("/api/v1/groups/{}/members/{}", c.away, them);
  CHECK(root.put(membership, json::object()).status == 200);
  REQUIRE(fred.get("/api/v1/projects?" + c.only(c.away)).status == 200);
  CHECK(root.remove(membership).status < 300);
  CHECK(fred.get("/api/v1/projects?" + c.only(c.away)).status == 404);
  REQUIRE(c.who.get("/api/v1/projects?" + c.only(c.home)).status == 200);
  CHECK(c.who.remove("/api/v1/session").status == 204);
  CHECK(c.who.get("/api/v1/projects?" + c.only(c.home)).status == 401);
}

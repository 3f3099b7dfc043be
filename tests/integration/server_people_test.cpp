// Accounts, groups, passwords, tokens and acting as somebody, over the web.

#include "tests/support/running_server.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

int64_t id_of(api& who) {
  return who.read("/api/v1/session").at("account").at("id");
}

int sign_in(const std::string& login, const std::string& password) {
  return shared_server()
    .nobody()
    .post("/api/v1/session", {{"login", login}, {"password", password}})
    .status;
}

std::string account(int64_t id, const std::string& rest = "") {
  return fmt::format("/api/v1/accounts/{}{}", id, rest);
}

} // namespace

TEST_CASE("people: a leader's group from nothing to its first member's first project") {
  auto& server = shared_server();
  auto& root = server.root();
  auto ada = server.add_user("people.ada");
  const auto group =
    root.make("/api/v1/groups", {{"name", "people lab"}, {"level", "read-annotate"}});
  const auto path = fmt::format("/api/v1/groups/{}", group.at("id").get<int64_t>());
  CHECK(ada.get(path).status == 404);
  CHECK(
    root.put(fmt::format("{}/members/{}", path, id_of(ada)), {{"leader", true}}).status
    == 200);
  CHECK(comes_true([&] { return ada.get(path).status == 200; }));
  const auto bert = ada.make("/api/v1/accounts", {{"login", "people.bert"},
                                                  {"password", running_server::password},
                                                  {"group", group.at("id")},
                                                  {"firstName", "Bert"}});
  CHECK(bert.at("name") == "Bert");
  auto signed_in = server.signed_in("people.bert");
  const auto project = signed_in.make("/api/v1/projects", {{"name", "first"}});
  CHECK(
    ada.get(fmt::format("/api/v1/projects/{}", project.at("id").get<int64_t>())).status
    == 200);
  CHECK(ada.read(path).at("people").size() == 2);
  CHECK(signed_in.change(path, {{"description", "x"}}).status == 403);
  const auto preview =
    ada.change(path + "?preview=true", {{"level", "private"}}).document();
  CHECK(preview.at("losses").at("rois") == 0);
  CHECK(ada.read(path).at("level") == "read-annotate");
  CHECK(ada.change(path, {{"level", "friends"}}).status == 400);
}

TEST_CASE("people: one's own password takes the old one") {
  auto& server = shared_server();
  auto cleo = server.add_user("people.cleo");
  const auto path = account(id_of(cleo), "/password");
  const std::string fresh = "a new password 1";
  CHECK(cleo.put(path, {{"old", "wrong"}, {"password", fresh}}).status == 403);
  CHECK(cleo.put(path, {{"old", running_server::password}, {"password", "short"}}).status
        == 400);
  CHECK(cleo.put(path, {{"old", running_server::password}}).status == 400);
  for (const auto* bad : {"People.Cleo", "password123", "xxxxxxxxxx"})
    CHECK(
      cleo.put(path, {{"old", running_server::password}, {"password", bad}}).status == 400);
  CHECK(sign_in("people.cleo", running_server::password) == 200);
  CHECK(cleo.put(path, {{"old", running_server::password}, {"password", fresh}}).status
        == 204);
  CHECK(sign_in("people.cleo", running_server::password) == 401);
  CHECK(sign_in("people.cleo", fresh) == 200);
  CHECK(cleo.get("/api/v1/session").status == 200); // this one goes on
  CHECK(cleo.put(account(id_of(server.root()), "/password"), {{"password", fresh}}).status
        == 403);
  CHECK(server.root().put(path, {{"password", running_server::password}}).status == 204);
  CHECK(sign_in("people.cleo", running_server::password) == 200);
}

TEST_CASE("people: tokens do what they were made for") {
  auto& server = shared_server();
  auto dora = server.add_user("people.dora");
  const auto made =
    dora.make("/api/v1/tokens", {{"name", "backup"}, {"scopes", {"read"}}, {"days", 7}});
  api reading{server.url(), made.at("token")};
  CHECK(reading.read("/api/v1/session").at("scopes") == json{"read"});
  CHECK(reading.get("/api/v1/projects").status == 200);
  CHECK(reading.post("/api/v1/projects", {{"name", "x"}}).status == 403);
  CHECK(reading.post("/api/v1/tokens", {{"name", "more"}}).status == 403);
  api writing{
    server.url(),
    dora.make("/api/v1/tokens", {{"name", "import"}, {"scopes", {"read", "write"}}})
      .at("token")};
  CHECK(writing.post("/api/v1/projects", {{"name", "x"}}).status == 201);
  CHECK(writing.change(account(id_of(dora)), {{"email", "x@example.org"}}).status == 403);
  for (auto& bad : {json{{"name", ""}}, json{{"name", "x"}, {"scopes", {"fly"}}},
                    json{{"name", "x"}, {"days", 0}}, json{{"name", "x"}, {"scopes", 7}},
                    json{{"name", "x"}, {"scopes", json::array()}}})
    CHECK(dora.post("/api/v1/tokens", bad).status == 400);
  const auto list = dora.read("/api/v1/sessions").at("items");
  CHECK(list.size() == 3);
  CHECK(list.dump().find(made.at("token").get<std::string>()) == std::string::npos);
  CHECK(
    dora.remove(fmt::format("/api/v1/sessions/{}", made.at("id").get<int64_t>())).status
    == 204);
  CHECK(comes_true([&] { return reading.get("/api/v1/projects").status == 401; }));
}

TEST_CASE("people: who acts as somebody is shown and has their rights") {
  auto& server = shared_server();
  auto eve = server.add_user("people.eve");
  CHECK(eve.post(account(id_of(server.root()), "/sessions")).status == 403);
  const auto acting = server.root().post(account(id_of(eve), "/sessions"));
  REQUIRE(acting.status == 201);
  CHECK(!acting.has("Set-Cookie"));
  api as_eve{server.url(), acting.document().at("token")};
  const auto session = as_eve.read("/api/v1/session");
  CHECK(session.at("account").at("login") == "people.eve");
  CHECK(session.at("sudoer") == "root");
  CHECK(as_eve.get("/api/v1/status").status == 403);
  CHECK(as_eve
          .put(account(id_of(eve), "/password"),
               {{"old", running_server::password}, {"password", "another one 1"}})
          .status
        == 403);
}

TEST_CASE("people: an account that is switched off is out at once") {
  auto& server = shared_server();
  auto finn = server.add_user("people.finn");
  CHECK(server.root().change(account(id_of(finn)), {{"active", false}}).status == 200);
  CHECK(comes_true([&] { return finn.get("/api/v1/session").status == 401; }));
  CHECK(sign_in("people.finn", running_server::password) == 401);
  CHECK(server.root().change(account(id_of(server.root())), {{"active", false}}).status
        == 409);
}

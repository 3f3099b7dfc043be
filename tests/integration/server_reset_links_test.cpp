// Links by which people who forgot their password set a new one.

#include "tests/support/running_server.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

constexpr auto fresh = "a better password 7";

int64_t account_of(api& who) {
  return who.read("/api/v1/session").at("account").at("id");
}

json link_for(int64_t account) {
  return shared_server().root().make(
    fmt::format("/api/v1/accounts/{}/reset-link", account), json::object());
}

/// Waits where too many were refused before.
answer used(const json& link, const std::string& password) {
  answer a;
  comes_true([&] {
    a = shared_server().nobody().post(
      "/api/v1/password-resets", {{"token", link.at("token")}, {"password", password}});
    return a.status != 429;
  });
  return a;
}

int set_by(const json& link, const std::string& password) {
  return used(link, password).status;
}

int enters(const std::string& login, const std::string& password) {
  return shared_server()
    .nobody()
    .post("/api/v1/session", {{"login", login}, {"password", password}})
    .status;
}

} // namespace

TEST_CASE("reset links: set a password once, and end what was open") {
  auto ada = shared_server().add_user("reset.ada");
  const auto link = link_for(account_of(ada));
  CHECK(link.at("login") == "reset.ada");
  CHECK(link.at("link").get<std::string>().ends_with(
    "/reset/" + link.at("token").get<std::string>()));
  for (const auto* bad : {"short", "RESET.ADA", "password123", ""})
    CHECK(set_by(link, bad) == 400);
  CHECK(ada.get("/api/v1/session").status == 200);
  CHECK(set_by(link, fresh) == 204);
  CHECK(ada.get("/api/v1/session").status == 401);
  CHECK(enters("reset.ada", running_server::password) == 401);
  CHECK(enters("reset.ada", fresh) == 200);
  CHECK(set_by(link, "yet another password 8") == 401);
}

TEST_CASE("reset links: the newer ends the older, and so does a new password") {
  auto bert = shared_server().add_user("reset.bert");
  const auto account = account_of(bert);
  const auto older = link_for(account), newer = link_for(account);
  CHECK(set_by(older, fresh) == 401);
  CHECK(bert
          .put(fmt::format("/api/v1/accounts/{}/password", account),
               {{"old", running_server::password}, {"password", fresh}})
          .status
        == 204);
  CHECK(set_by(newer, "yet another password 8") == 401);
}

TEST_CASE("reset links: made by who may, for who may sign in") {
  auto& server = shared_server();
  auto cleo = server.add_user("reset.cleo"), dora = server.add_user("reset.dora");
  const auto account = account_of(dora);
  const auto path = fmt::format("/api/v1/accounts/{}/reset-link", account);
  CHECK(cleo.post(path).status == 403);
  CHECK(dora.post(path).status == 403);
  CHECK(server.nobody().post(path).status == 401);
  CHECK(server.root().post("/api/v1/accounts/999999/reset-link").status == 404);
  const auto link = link_for(account);
  CHECK(server.root()
          .change(fmt::format("/api/v1/accounts/{}", account), {{"active", false}})
          .status
        == 200);
  CHECK(set_by(link, fresh) == 401);
  CHECK(server.root().post(path).status == 409);
  const auto unknown = used({{"token", "x"}}, fresh);
  CHECK(unknown.status == 401);
  CHECK(unknown.document().at("detail") == "the link is unknown, used or has expired");
}

TEST_CASE("reset links: the command prints one") {
  auto emma = shared_server().add_user("reset.emma");
  const auto result = run_troupe(
    {"user", "reset", "reset.emma", "--data", shared_server().data().string()});
  REQUIRE(result.code == 0);
  const auto begin = result.out.find("/reset/") + 7;
  const auto token = result.out.substr(begin, result.out.find('\n') - begin);
  CHECK(set_by({{"token", token}}, fresh) == 204);
  CHECK(enters("reset.emma", fresh) == 200);
  CHECK(run_troupe(
          {"user", "reset", "reset.nobody", "--data", shared_server().data().string()})
          .code
        == 1);
}

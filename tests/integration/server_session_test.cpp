// Signing in and out over HTTP.

#include "tests/support/running_server.hpp"

#include <doctest/doctest.h>

#include <ctime>

using namespace troupe::test;

namespace {

constexpr auto session_path = "/api/v1/session";

answer sign_in(running_server& server, const std::string& login,
               const std::string& with) {
  return server.nobody().post(session_path, {{"login", login}, {"password", with}});
}

/// A problem document without what differs from request to request.
json problem_of(const answer& a) {
  CHECK(a.header("Content-Type") == "application/problem+json");
  auto body = a.document();
  CHECK(body.at("status") == a.status);
  body.erase("request");
  return body;
}

/// As answers write times, which sort as they follow each other.
std::string in_seconds(std::time_t seconds) {
  const auto then = std::time(nullptr) + seconds;
  std::tm parts{};
  gmtime_r(&then, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%FT%TZ", &parts);
  return text;
}

httplib::Headers cookie_of(const api& who) {
  return {{"Cookie", "other=1; troupe_session=" + who.token()}};
}

} // namespace

TEST_CASE("session: signing in tells who one is and sets the cookie") {
  auto& server = shared_server();
  const auto a = sign_in(server, "root", running_server::password);
  REQUIRE(a.status == 200);
  const auto body = a.document();
  CHECK(body.at("account").at("login") == "root");
  CHECK(body.at("account").at("admin") == true);
  CHECK(body.at("expires").get<std::string>().ends_with("Z"));
  const auto token = body.at("token").get<std::string>();
  CHECK(token.size() >= 43);
  const auto cookie = a.header("Set-Cookie");
  CHECK(cookie.starts_with("troupe_session=" + token + ";"));
  for (auto* attribute : {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="})
    CHECK(cookie.find(attribute) != cookie.npos);
  CHECK(cookie.find("Secure") == cookie.npos); // plain HTTP on this machine

  const auto me = api{server.url(), token}.read(session_path);
  CHECK(me.at("account") == body.at("account"));
  CHECK(me.at("csrf") == body.at("csrf"));
  CHECK(me.at("group").at("name") == "default");
}

TEST_CASE("session: a wrong name and a wrong password look the same") {
  auto& server = shared_server();
  server.add_user("same.look");
  const auto name = sign_in(server, "no.such.person", "nonsense");
  const auto password = sign_in(server, "same.look", "nonsense");
  CHECK(name.status == 401);
  CHECK(password.status == 401);
  CHECK(problem_of(name) == problem_of(password));
  CHECK_FALSE(name.has("Set-Cookie"));
}

TEST_CASE("session: a browser must repeat its CSRF token to change things") {
  auto& server = shared_server();
  auto ada = server.add_user("csrf.ada");
  auto browser = server.nobody();
  CHECK(browser.get(session_path, cookie_of(ada)).status == 200);
  const json project{{"name", "by cookie"}};
  auto headers = cookie_of(ada);
  CHECK(browser.post("/api/v1/projects", project, headers).status == 403);
  headers.emplace("X-CSRF-Token", "guessed");
  CHECK(browser.post("/api/v1/projects", project, headers).status == 403);
  CHECK(browser.remove(session_path, headers).status == 403);

  headers = cookie_of(ada);
  headers.emplace("X-CSRF-Token", ada.read(session_path).at("csrf").get<std::string>());
  CHECK(browser.post("/api/v1/projects", project, headers).status == 201);
  CHECK(ada.post("/api/v1/projects", project).status == 201); // Authorization: no need
}

TEST_CASE("session: signing out ends the token and the cookie") {
  auto& server = shared_server();
  auto ada = server.add_user("out.ada");
  auto again = server.signed_in("out.ada");
  const auto out = ada.remove(session_path);
  CHECK(out.status == 204);
  CHECK(out.header("Set-Cookie").find("troupe_session=;") == 0);
  CHECK(out.header("Set-Cookie").find("Max-Age=0") != std::string::npos);
  const auto after = ada.get(session_path);
  CHECK(after.status == 401);
  CHECK(after.header("WWW-Authenticate") == "Bearer");
  CHECK(again.get(session_path).status == 200); // another session of the same person
}

TEST_CASE("session: nobody and strangers' tokens are signed out everywhere") {
  auto& server = shared_server();
  for (const auto* token : {"", "made-up", "0", "../../etc/passwd"}) {
    api stranger{server.url(), token};
    for (const auto* path :
         {"/api/v1/session", "/api/v1/projects", "/api/v1/images", "/api/v1/images/1",
          "/api/v1/imports", "/api/v1/status", "/metrics"}) {
      CAPTURE(path);
      const auto a = stranger.get(path);
      CHECK(a.status == 401);
      problem_of(a);
    }
    CHECK(stranger.post("/api/v1/projects", {{"name", "x"}}).status == 401);
  }
}

TEST_CASE("session: only administrators see the status") {
  auto& server = shared_server();
  auto ada = server.add_user("no.admin");
  CHECK(ada.get("/api/v1/status").status == 403);
  CHECK(ada.get("/metrics").status == 403);
  CHECK(ada.post("/api/v1/status/actors/thumbnail/restart").status == 403);
  auto boss = server.add_user("an.admin", true);
  CHECK(boss.get("/api/v1/status").status == 200);
}

TEST_CASE("session: guessing passwords is slowed down, for that account only") {
  auto& server = shared_server();
  server.add_user("guessed");
  answer last;
  for (int i = 0; i < 10 && last.status != 429; ++i) {
    last = sign_in(server, "guessed", "guess " + std::to_string(i));
    CHECK((last.status == 401 || last.status == 429));
  }
  REQUIRE(last.status == 429);
  CHECK(std::stoi(last.header("Retry-After")) >= 1);
  problem_of(last);
  CHECK(sign_in(server, "guessed", running_server::password).status == 429);
  CHECK(sign_in(server, "root", running_server::password).status == 200);
  CHECK(comes_true(
    [&] { return sign_in(server, "guessed", running_server::password).status == 200; }));
}

TEST_CASE("session: another site's page cannot sign its visitor in") {
  auto& server = shared_server();
  const json who{{"login", "root"}, {"password", running_server::password}};
  auto page = server.nobody();
  CHECK(page.post(session_path, who, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
  CHECK(page.post(session_path, who, {{"Sec-Fetch-Site", "same-origin"}}).status == 200);
}

TEST_CASE("session: bodies that are no credentials are refused with the reason") {
  auto& server = shared_server();
  auto nobody = server.nobody();
  for (const json& body : {json::object(), json::array(), json{{"login", 7}},
                           json{{"login", "root"}, {"password", nullptr}}})
    CHECK(nobody.post(session_path, body).status == 400);
  const std::string long_text(2000, 'a');
  CHECK(sign_in(server, long_text, "x").status == 401);
  CHECK(sign_in(server, "root\n", running_server::password).status == 401);
}

TEST_CASE("session: people stay signed in when the server starts again") {
  auto& server = shared_server();
  const auto token = server.add_user("stays").token();
  REQUIRE(server.stop() == 0);
  server.start();
  auto stays = api{server.url(), token};
  CHECK(stays.read(session_path).at("account").at("login") == "stays");
}

TEST_CASE("session: its limits are settings") {
  auto& server = shared_server();
  REQUIRE(server.stop() == 0);
  server.start(
    {.arguments = {"--session-idle-minutes", "5", "--session-life-days", "2"}});
  const auto a = sign_in(server, "root", running_server::password);
  REQUIRE(a.status == 200);
  const auto expires = a.document().at("expires").get<std::string>();
  CHECK(expires > in_seconds(200));
  CHECK(expires <= in_seconds(305));
  CHECK(a.header("Set-Cookie").find("Max-Age=172800;") != std::string::npos);
  REQUIRE(server.stop() == 0);
  server.start();
}

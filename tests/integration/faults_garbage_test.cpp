// Whatever comes through the door: a refusal, and the server goes on.

#include "tests/support/raw_connection.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

using namespace troupe::test;

namespace {

/// What an attacker puts where an id belongs.
const std::vector<std::string> hostile{
  "..", "../..", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%2f..%2fetc%2fpasswd", "..%5c..%5cwindows", "%00", "7%00.tif", "-1", "0x7",
  "7;drop table images", "7'--", "99999999999999999999", "9223372036854775807", "1e3", "%f0%9f%94%ac", "%ff%fe", "%", "%zz", "a/b", "{image}",
  "%0d%0aSet-Cookie:%20x=1", std::string(900, 'a')};

/// The paths of every route that has a parameter, with `word` in its place.
std::vector<std::string> paths_with(const json& openapi, const std::string& word) {
  std::vector<std::string> out;
  for (auto& [path, operations] : openapi.at("paths").items()) {
    auto filled = path;
    for (auto open = filled.find('{'); open != std::string::npos; open = filled.find('{', open + word.size()))
      filled.replace(open, filled.find('}', open) - open + 1, word);
    if (filled != path)
      out.push_back(filled);
  }
  return out;
}

int status_of(int port, const std::string& method, const std::string& path, const std::string& token) {
  raw_connection wire{port};
  wire.say(fmt::format("{} {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                       method, path, token));
  return wire.hear_status();
}

} // namespace

TEST_CASE("garbage: no path parameter is a way out or a way to crash") {
  auto& server = shared_server();
  auto openapi = server.root().read("/api/v1/openapi.json");
  int asked = 0;
  for (auto& word : hostile)
    for (auto& path : paths_with(openapi, word)) {
      auto status = status_of(server.port(), "GET", path + "?z=0&t=0&x=0&y=0&c=0", server.root().token());
      CHECK_MESSAGE((status >= 400 && status < 500), "GET " << path << " gave " << status);
      ++asked;
    }
  CHECK(asked > 200);
  CHECK(server.is_ready());
}

TEST_CASE("garbage: pages and assets stay inside the program") {
  auto& server = shared_server();
  for (std::string path : {"/../../etc/passwd", "/assets/../../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd",
                           "//etc/passwd", "/assets/x%00.js"}) {
    raw_connection wire{server.port()};
    wire.say("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    auto all = wire.hear_rest();
    CHECK_MESSAGE(all.find("root:") == std::string::npos, path);
    CHECK_MESSAGE(all.starts_with("HTTP/1.1 4"), path << ": " << all.substr(0, 40));
  }
}

TEST_CASE("garbage: random bytes are refused and forgotten") {
  auto& server = shared_server();
  std::mt19937 random{20260314};
  for (int i = 0; i < 200; ++i) {
    std::string noise(1 + random() % 5000, '\0');
    for (auto& c : noise)
      c = static_cast<char>(random());
    raw_connection wire{server.port()};
    wire.say(noise);
    wire.end_sending();
    auto all = wire.hear_rest();
    CHECK((all.empty() || all.starts_with("HTTP/1.1 4") || all.starts_with("HTTP/1.1 5")));
  }
  CHECK(server.is_ready());
}

TEST_CASE("garbage: heads beyond all measure") {
  auto& server = shared_server();
  auto refused = [&](const std::string& head) {
    raw_connection wire{server.port()};
    wire.say(head);
    auto status = wire.hear_status();
    CHECK((status >= 400 && status < 600));
  };
  refused("GET /" + std::string(70'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n");
  refused("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(70'000, 'a') + "\r\n\r\n");
  std::string many;
  for (int i = 0; i < 500; ++i)
    many += fmt::format("A{}: b\r\n", i);
  refused("GET / HTTP/1.1\r\nHost: x\r\n" + many + "\r\n");
  refused("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n");
  refused("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
  refused("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd");
  CHECK(server.is_ready());
}

TEST_CASE("garbage: bodies that are no JSON, or far too much of it") {
  auto& server = shared_server();
  auto& root = server.root();
  std::string deep(200'000, '[');
  for (std::string body : {std::string{"{"}, std::string{"[]"}, std::string{"null"}, std::string{"\xff\xfe"}, deep, std::string{R"({"name":5})"},
                           std::string{R"({"name":"a\u0000b"})"}, R"({"name":")" + std::string(100'000, 'n') + "\"}"}) {
    httplib::Client http{server.url()};
    auto r = http.Post("/api/v1/projects", {{"Authorization", "Bearer " + root.token()}}, body, "application/json");
    REQUIRE(r);
    CHECK_MESSAGE((r->status == 400 || r->status == 413), body.substr(0, 20) << " gave " << r->status);
  }
  httplib::Client http{server.url()};
  auto r = http.Post("/api/v1/projects", {{"Authorization", "Bearer " + root.token()}}, std::string(3 << 20, ' '), "application/json");
  if (r) // the server may hang up while we still talk
    CHECK(r->status == 413);
  CHECK(server.is_ready());
}

TEST_CASE("garbage: query arguments that make no sense name themselves") {
  auto& server = shared_server();
  auto image = import_image(server.root(), "q.png", picture_specimen{}.png());
  for (auto [query, name] : {std::pair{"z=a&t=0&x=0&y=0", "z"}, std::pair{"z=0&t=0&x=0", "y"}, std::pair{"z=0&t=99999999999&x=0&y=0", "t"},
                             std::pair{"z=0&t=0&x=0&y=0&q=nan", "q"}, std::pair{"z=0&t=0&x=0&y=0&format=exe", "format"}}) {
    auto a = server.root().get(fmt::format("/api/v1/images/{}/tile?{}", image, query));
    CHECK(a.status == 400);
    CHECK_MESSAGE(a.document().at("detail").get<std::string>().starts_with(name), a.body);
  }
}

// Each way to hurt the stock server, one by one, over real sockets.

#include "tests/unit/http/gate_client.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace troupe;
using namespace troupe::test;
using namespace std::string_literals;
using http::web_request;

namespace {

constexpr auto plain = "GET /next HTTP/1.1\r\nHost: h\r\n\r\n";

/// Refused with a problem document, the connection ends, nothing reached the handler,
/// and the next client is served.
void check_refused(const std::string& bytes, int status) {
  CAPTURE(bytes.substr(0, 200));
  gate_world world;
  {
    wire client{world.port};
    client.say(bytes);
    auto answer = client.hear();
    CHECK(answer.status == status);
    CHECK(answer.closes());
    CHECK(answer.headers["content-type"] == "application/problem+json");
    CHECK(answer.body.starts_with("{\"type\":\"about:blank\",\"title\":\""));
    CHECK(answer.body.find("\"status\":" + std::to_string(status) + ",\"detail\":\"")
          != std::string::npos);
    CHECK(client.is_over());
  }
  CHECK(world.gate.figures().requests == 0);
  CHECK(world.gate.figures().refused == 1);
  CHECK(world.ask(plain).status == 200);
}

std::string post(const std::string& lines, const std::string& body = "") {
  return "POST /in HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n" + body;
}

} // namespace

TEST_CASE("hole: endless header fields") {
  std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
  for (int i = 0; i < 1000; ++i)
    many += "A: b\r\n";
  check_refused(many + "\r\n", 431);
  std::string endless = "GET / HTTP/1.1\r\nHost: h\r\n";
  while (endless.size() < 2'000'000)
    endless += "A" + std::to_string(endless.size()) + ": b\r\n";
  check_refused(endless, 431);
}

TEST_CASE("hole: endless lines") {
  check_refused("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(2'000'000, 'a'), 431);
  check_refused("GET /" + std::string(2'000'000, 'a'), 414);
  check_refused(std::string(2'000'000, 'A'), 414);
}

TEST_CASE("hole: chunked bodies") {
  check_refused(post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"), 411);
  check_refused(post("Transfer-Encoding: chunked\r\n", "-5\r\nhello\r\n0\r\n\r\n"), 411);
}

TEST_CASE("hole: smuggling by two lengths") {
  std::string inner = "GET /admin HTTP/1.1\r\nHost: h\r\n\r\n";
  check_refused(
    post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n" + inner),
    400);
  check_refused(post("Content-Length: 0\r\nContent-Length: 40\r\n", inner), 400);
  check_refused(post("Content-Length: 0, 40\r\n", inner), 400);
  check_refused(post("Content-Length: 0\r\n\tx\r\n", inner), 400);
  check_refused(post("Content-Length : 40\r\n", inner), 400);
  check_refused(post("Transfer-Encoding:\x0b"
                     "chunked\r\n",
                     inner),
                400);
}

TEST_CASE("hole: negative and overflowing lengths") {
  check_refused(post("Content-Length: -1\r\n"), 400);
  check_refused(post("Content-Length: 18446744073709551615\r\n"), 400);
  check_refused(post("Content-Length: 18446744073709551617\r\n"), 400);
}

TEST_CASE("hole: a body on GET becomes a request") {
  check_refused(
    "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 33\r\n\r\n" + std::string{plain}, 400);
}

TEST_CASE("hole: line breaks out of percent escapes") {
  gate_world world;
  CHECK(world.get("/", "X: a%0d%0aY:%20b%00\r\n").status == 200);
  CHECK(world.last().header("x") == "a%0d%0aY:%20b%00");
  CHECK(world.last().header("y").empty());
}

TEST_CASE("hole: line breaks behind a NUL, bare ones, controls") {
  check_refused("GET / HTTP/1.1\r\nHost: h\r\nX: a\0\r\nY: b\r\n\r\n"s, 400);
  check_refused("GET / HTTP/1.1\nHost: h\n\n", 400);
  check_refused("GET / HTTP/1.1\r\nHost: h\nX: y\r\n\r\n", 400);
  check_refused("GET / HTTP/1.1\r\nHost: h\r\nX: a\rY: b\r\n\r\n", 400);
  check_refused("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n Y: b\r\n\r\n", 400);
}

TEST_CASE("hole: spoofing the peer's address") {
  check_refused("GET / HTTP/1.1\r\nHost: h\r\nREMOTE_ADDR: 10.1.2.3\r\n\r\n", 400);
  gate_world world;
  world.get("/", "X-Forwarded-For: 10.1.2.3\r\n");
  CHECK(world.last().remote == "127.0.0.1");
}

TEST_CASE("hole: decompression bombs") {
  check_refused(post("Content-Encoding: gzip\r\nContent-Length: 3\r\n", "abc"), 415);
}

TEST_CASE("hole: ranges are the handler's business alone") {
  gate_world world;
  std::string many = "bytes=";
  for (int i = 0; i < 2000; ++i)
    many += "0-0,";
  for (auto& range :
       {std::string{"bytes=999999-"}, std::string{"bytes=0-99999999999"}, many}) {
    auto answer = world.get("/", "Range: " + range + "\r\n");
    CHECK(answer.status == 200);
    CHECK(answer.body == "hello");
    CHECK(world.last().header("range") == range);
  }
}

TEST_CASE("hole: nothing is compressed for who asks for brotli") {
  gate_world world{{}, [](web_request&) {
                     auto answer = gate_world::text(std::string(60'000, 'a'));
                     answer.type = "application/json";
                     return answer;
                   }};
  auto answer = world.get("/", "Accept-Encoding: br, gzip\r\n");
  CHECK(answer.body.size() == 60'000);
  CHECK_FALSE(answer.headers.contains("content-encoding"));
  CHECK(world.last().header("accept-encoding") == "br, gzip");
}

TEST_CASE("hole: pipelined requests are all answered, in order") {
  gate_world world{{}, [](web_request& in) {
                     std::string all = in.path;
                     in.body->read(
                       [&](const char* bytes, size_t n) { all.append(bytes, n); });
                     return gate_world::text(all);
                   }};
  wire client{world.port};
  std::string burst;
  for (int i = 0; i < 100; ++i) {
    auto n = std::to_string(i);
    burst += "GET /" + n + " HTTP/1.1\r\nHost: h\r\n\r\n";
    burst += "POST /" + n
             + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n=" + n.substr(0, 1);
  }
  client.say(burst);
  for (int i = 0; i < 100; ++i) {
    auto n = std::to_string(i);
    CHECK(client.hear().body == "/" + n);
    CHECK(client.hear().body == "/" + n + "=" + n.substr(0, 1));
  }
}

TEST_CASE("hole: two who pipeline without end leave room for a third") {
  gate_world world{{.min_threads = 1, .max_threads = 1}};
  std::string burst;
  for (int i = 0; i < 2000; ++i)
    burst += plain;
  wire first{world.port}, second{world.port};
  first.say(burst);
  second.say(burst);
  CHECK(world.ask(plain).status == 200);
  for (int i = 0; i < 2000; ++i) {
    REQUIRE(first.hear().status == 200);
    REQUIRE(second.hear().status == 200);
  }
}

TEST_CASE("hole: texts of exceptions stay inside") {
  gate_world world{{}, [](web_request& in) -> http::web_response {
                     if (in.path == "/odd")
                       throw 42;
                     throw std::runtime_error{"password=secret\r\nX: y"};
                   }};
  for (auto* path : {"/", "/odd"}) {
    auto answer = world.get(path);
    CHECK(answer.status == 500);
    CHECK(answer.headers["content-type"] == "application/problem+json");
    CHECK((answer.head + answer.body).find("secret") == std::string::npos);
    CHECK((answer.head + answer.body).find("EXCEPTION") == std::string::npos);
    CHECK(answer.body.find(world.last().id) != std::string::npos);
  }
}

TEST_CASE("hole: handlers cannot split answers") {
  gate_world world{{}, [](web_request&) {
                     auto answer = gate_world::text("hello");
                     answer.headers = {{"A", "x\r\nEvil: 1"},
                                       {"B\r\nEvil", "1"},
                                       {"C", "x\ny"},
                                       {"D", "x\0y"s},
                                       {"E e", "1"},
                                       {"Content-Length", "1"},
                                       {"Transfer-Encoding", "chunked"},
                                       {"connection", "x"},
                                       {"Fine", "y"}};
                     return answer;
                   }};
  auto answer = world.get("/");
  CHECK(answer.body == "hello");
  CHECK(answer.headers["fine"] == "y");
  CHECK(answer.head.find("Evil") == std::string::npos);
  CHECK(answer.headers.size() == 4); // Content-Length, Content-Type, Date, Fine
}

TEST_CASE("hole: a type with line breaks is no type") {
  gate_world world{{}, [](web_request&) {
                     auto answer = gate_world::text("hello");
                     answer.type = "text/plain\r\nEvil: 1";
                     return answer;
                   }};
  auto answer = world.get("/");
  CHECK(answer.body == "hello");
  CHECK(answer.head.find("Evil") == std::string::npos);
}

TEST_CASE("hole: statuses that are none") {
  int status = 0;
  gate_world world{{}, [&](web_request&) { return gate_world::text("x", status); }};
  for (int wrong : {-1, 0, 100, 199, 600, 99999}) {
    status = wrong;
    CHECK(world.get("/").status == 500);
  }
}

TEST_CASE("hole: paths that leave, and text that is none") {
  for (auto* target : {"/../etc/passwd", "/a/%2e%2e/b", "/a%2f..%2fb", "/%00", "/%ff",
                       "//a", "/a\\b", "http://h/", "*", "/a#b", "/%c0%ae%c0%ae/"})
    check_refused("GET " + std::string{target} + " HTTP/1.1\r\nHost: h\r\n\r\n", 400);
}

TEST_CASE("hole: a refused HEAD is answered without a body") {
  gate_world world;
  wire line{world.port};
  CHECK(line.ask("HEAD /%FF HTTP/1.1\r\nHost: here\r\n\r\n", true).status == 400);
  CHECK(line.is_over());
}

TEST_CASE("hole: no HTTP at all") {
  check_refused("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400);
  check_refused("GET /\r\n", 400);
  check_refused("SSH-2.0-OpenSSH_9.2\r\n", 400);
  check_refused(std::string(100, '\0'), 400);
  check_refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
}

TEST_CASE("hole: unknown methods") {
  check_refused("BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 501);
  check_refused("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", 501);
  check_refused("CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 501);
}

TEST_CASE("hole: expectations nobody can meet") {
  check_refused("GET / HTTP/1.1\r\nHost: h\r\nExpect: more\r\n\r\n", 417);
}

TEST_CASE("hole: an empty line too many is forgiven") {
  gate_world world;
  wire client{world.port};
  CHECK(client.ask("\r\n" + std::string{plain}).status == 200);
  CHECK(client.ask("\r\n\r\n" + std::string{plain}).status == 200);
}

TEST_CASE("hole: connections beyond the limit are told, and places come free again") {
  gate_world world{{.connections = 3}};
  {
    std::vector<wire> inside;
    for (int i = 0; i < 3; ++i)
      CHECK(inside.emplace_back(world.port).ask(plain).status == 200);
    for (int i = 0; i < 5; ++i) {
      wire surplus{world.port};
      if (i % 2)
        surplus.say(plain);
      auto answer = surplus.hear();
      CHECK(answer.status == 503);
      CHECK(answer.headers["retry-after"] == "5");
      CHECK(answer.closes());
      CHECK(surplus.is_over());
    }
    for (auto& client : inside)
      CHECK(client.ask(plain).status == 200);
  }
  CHECK(comes_true([&] { return world.ask(plain).status == 200; }));
}

TEST_CASE("hole: garbage of every kind leaves the gate standing") {
  gate_world world;
  std::mt19937 random{7};
  auto upto = [&](size_t n) {
    return std::uniform_int_distribution<size_t>{0, n - 1}(random);
  };
  const std::string sound =
    "POST /a/b%20c?x=%41&y=2 HTTP/1.1\r\nHost: h:1\r\nCookie: a=b\r\n"
    "Expect: 100-continue\r\nContent-Length: 4\r\n\r\nbody";
  for (int i = 0; i < 600; ++i) {
    auto bytes = sound;
    for (size_t changes = 1 + upto(4); changes > 0; --changes)
      switch (upto(3)) {
        case 0: bytes[upto(bytes.size())] = static_cast<char>(upto(256)); break;
        case 1: bytes.erase(upto(bytes.size() - 1), 1 + upto(3)); break;
        default: bytes.insert(upto(bytes.size()), 1, "\r\n :%/?&\0\xff"[upto(10)]);
      }
    wire client{world.port};
    client.say(bytes);
    client.end_sending();
    while (client.hear().status != 0)
      continue;
  }
  CHECK(world.ask(plain).status == 200);
  CHECK(comes_true([&] { return world.gate.figures().open == 0; }));
}

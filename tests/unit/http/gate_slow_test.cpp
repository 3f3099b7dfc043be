// Clients that cost time: idle, dripping, never reading.

#include "tests/unit/http/gate_client.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <thread>

using namespace troupe;
using namespace troupe::test;
using http::web_request;

namespace {

constexpr auto plain_slow = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

std::chrono::microseconds cpu_time() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  auto sum = [](timeval t) {
    return std::chrono::seconds{t.tv_sec} + std::chrono::microseconds{t.tv_usec};
  };
  return sum(used.ru_utime) + sum(used.ru_stime);
}

} // namespace

TEST_CASE("slow: a thousand idle connections cost nothing, and others are served") {
  if (!allow_descriptors(2300)) {
    MESSAGE("skipped: too few descriptors");
    return;
  }
  gate_world world;
  std::vector<wire> idle;
  for (int i = 0; i < 1000; ++i) {
    auto& client = idle.emplace_back(world.port);
    if (i % 2)
      REQUIRE(client.ask(plain_slow).status == 200);
  }
  CHECK(comes_true([&] { return world.gate.figures().idle_connections == 1000; }));
  auto before = cpu_time();
  std::this_thread::sleep_for(1s);
  auto spent = cpu_time() - before;
  MESSAGE("CPU time of a second with 1000 idle connections: " << spent.count() << " us");
  CHECK(spent < 100ms);
  wire other{world.port};
  for (int i = 0; i < 100; ++i)
    CHECK(other.ask(plain_slow).status == 200);
  CHECK(world.gate.figures().threads <= 4);
  for (auto& client : idle)
    CHECK(client.ask(plain_slow).status == 200);
}

TEST_CASE("slow: two hundred who drip a head hold no thread") {
  gate_world world{{.min_threads = 2, .max_threads = 2}};
  std::vector<wire> dripping;
  for (int i = 0; i < 200; ++i)
    dripping.emplace_back(world.port);
  std::string_view head = plain_slow;
  for (size_t at = 0; at < head.size(); ++at) {
    for (auto& client : dripping)
      REQUIRE(client.say(head.substr(at, 1)));
    if (at % 5 == 0)
      CHECK(world.ask(plain_slow).status == 200);
  }
  for (auto& client : dripping)
    CHECK(client.hear().status == 200);
  CHECK(world.gate.figures().threads == 2);
}

TEST_CASE("slow: a head has its time, however it drips") {
  gate_world world{{.head_time = 300ms}};
  wire silent{world.port}, dripping{world.port}, halfway{world.port};
  std::thread drip{[&] {
    while (dripping.say("A"))
      std::this_thread::sleep_for(20ms);
  }};
  auto answer = halfway.ask("GET / HTTP/1.1\r\nHo");
  CHECK(answer.status == 408);
  CHECK(answer.closes());
  CHECK(halfway.is_over());
  CHECK(silent.is_over()); // without a word: nobody asked anything
  CHECK(dripping.hear().status == 408);
  drip.join();
  CHECK(comes_true([&] { return world.gate.figures().open == 0; }));
}

TEST_CASE("slow: the time of a head begins with its first byte") {
  gate_world world{{.idle = 20s, .head_time = 1s}};
  wire client{world.port};
  CHECK(client.ask(plain_slow).status == 200);
  std::this_thread::sleep_for(1500ms);
  CHECK(client.ask(plain_slow).status == 200);
  CHECK(client.ask("GET").status == 408);
}

TEST_CASE("slow: idle connections end after their time") {
  gate_world world{{.idle = 200ms}};
  wire client{world.port};
  CHECK(client.ask(plain_slow).status == 200);
  CHECK(client.is_over());
}

TEST_CASE("slow: a body that stops coming is given up") {
  std::atomic<int> complete{-1};
  gate_world world{{.io = 200ms}, [&](web_request& in) {
                     complete = in.body->read([](const char*, size_t) {});
                     return gate_world::text("", 408);
                   }};
  wire client{world.port};
  auto answer = client.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
  CHECK(answer.status == 408);
  CHECK(answer.closes());
  CHECK(client.is_over());
  CHECK(complete == 0);
}

TEST_CASE("slow: a body that drips is given up, though it never stops") {
  std::atomic<int> complete{-1};
  gate_world world{{.io = 400ms, .slowest = 100'000}, [&](web_request& in) {
                     complete = in.body->read([](const char*, size_t) {});
                     return gate_world::text("", 408);
                   }};
  wire client{world.port};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n");
  std::thread drip{[&] {
    while (complete < 0 && client.say("x"))
      std::this_thread::sleep_for(10ms);
  }};
  CHECK(client.hear().status == 408);
  CHECK(complete == 0);
  drip.join();
}

TEST_CASE("slow: only waiting for the client counts against it") {
  gate_world world{{.io = 1s, .slowest = 1'000'000}, [](web_request& in) {
                     bool complete = in.body->read([](const char*, size_t) {
                       std::this_thread::sleep_for(400ms); // our disk, say
                     });
                     return gate_world::text(complete ? "whole" : "broken");
                   }};
  std::string body(300'000, 'x');
  CHECK(
    world.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n" + body).body
    == "whole");
}

TEST_CASE("slow: dripping bodies take threads, and no more than allowed") {
  gate_world world{{.min_threads = 1, .max_threads = 6}, [](web_request& in) {
                     in.body->read([](const char*, size_t) {});
                     return gate_world::text("hello");
                   }};
  std::vector<wire> bodies;
  for (int i = 0; i < 5; ++i)
    bodies.emplace_back(world.port)
      .say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na");
  CHECK(comes_true([&] { return world.gate.figures().requests == 5; }));
  CHECK(world.ask(plain_slow).status == 200);
  CHECK(world.gate.figures().threads <= 6);
  for (auto& client : bodies)
    CHECK(client.ask("bc").status == 200);
}

TEST_CASE("slow: who does not read the answer holds no thread") {
  shared_bytes large{std::vector<uint8_t>(20'000'000, 'x')};
  gate_world world{{.min_threads = 1, .max_threads = 1}, [&](web_request& in) {
                     if (in.path == "/")
                       return gate_world::text("hello");
                     http::web_response answer;
                     answer.type = "image/png";
                     answer.bytes = large;
                     return answer;
                   }};
  std::vector<wire> deaf;
  for (int i = 0; i < 20; ++i)
    deaf.emplace_back(world.port).say("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(comes_true([&] { return world.gate.figures().requests == 20; }));
  CHECK(world.ask(plain_slow).status == 200);
  CHECK(world.gate.figures().threads == 1);
  CHECK(deaf.back().hear().body.size() == large.size());
}

TEST_CASE("slow: who never reads is let go") {
  shared_bytes large{std::vector<uint8_t>(20'000'000, 'x')};
  gate_world world{{.io = 200ms}, [&](web_request&) {
                     http::web_response answer;
                     answer.type = "image/png";
                     answer.bytes = large;
                     return answer;
                   }};
  wire deaf{world.port};
  deaf.say(plain_slow);
  CHECK(comes_true([&] { return world.gate.figures().requests == 1; }));
  CHECK(comes_true([&] { return world.gate.figures().open == 0; }));
}

TEST_CASE("slow: an unread body that does not come is not waited for forever") {
  gate_world world{{.io = 200ms}};
  wire client{world.port};
  auto answer = client.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
  CHECK(answer.status == 200);
  CHECK(client.is_over());
}

TEST_CASE("slow: refused clients that stay are let go") {
  gate_world world{{.io = 300ms}};
  wire client{world.port};
  CHECK(client.ask("garbage\r\n").status == 400);
  CHECK(comes_true([&] { return world.gate.figures().open == 0; }));
}

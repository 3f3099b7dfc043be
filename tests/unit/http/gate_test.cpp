// The gate as its callers and well-behaved clients see it.

#include "tests/unit/http/gate_client.hpp"

#include "storage/failure.hpp"

#include <condition_variable>
#include <doctest/doctest.h>
#include <thread>

using namespace troupe;
using namespace troupe::test;
using http::web_request;
using http::web_response;

namespace {

std::string post_over_gate(const std::string& body, const std::string& lines = "",
                           const std::string& method = "POST") {
  return method + " /in HTTP/1.1\r\nHost: h\r\n" + lines
         + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Reads the whole body and answers with it.
web_response echo(web_request& in) {
  std::string all;
  size_t largest = 0;
  bool complete = in.body->read([&](const char* bytes, size_t count) {
    all.append(bytes, count);
    largest = std::max(largest, count);
  });
  auto answer = gate_world::text(all, complete ? 200 : 400);
  answer.headers.emplace_back("Largest", std::to_string(largest));
  answer.headers.emplace_back("Length", std::to_string(in.body->length()));
  return answer;
}

/// Opens once.
class latch {
public:
  void open() {
    std::lock_guard lock{mutex_};
    open_ = true;
    opened_.notify_all();
  }
  void wait() {
    std::unique_lock lock{mutex_};
    opened_.wait_for(lock, 20s, [&] { return open_; });
  }

private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

} // namespace

TEST_CASE("gate: a request reaches the handler in plain values") {
  gate_world world;
  auto answer = world.get("/a/b%20c/?x=1|2&y", "Accept: a/b\r\nCookie: k=v\r\n");
  CHECK(answer.status == 200);
  CHECK(answer.body == "hello");
  auto in = world.last();
  CHECK(in.method == "GET");
  CHECK(in.path == "/a/b c/");
  CHECK(in.segments == std::vector<std::string>{"a", "b c"});
  CHECK(in.argument("x") == "1|2");
  CHECK(in.header("accept") == "a/b");
  CHECK(in.cookie("k") == "v");
  CHECK(in.remote == "127.0.0.1");
  CHECK(in.captured.empty());
  CHECK_FALSE(in.id.empty());
  world.get("/");
  CHECK(world.last().id != in.id);
}

TEST_CASE("gate: small answers are not held back") {
  int no_delay = 0;
  gate_world world{{}, [&](web_request& in) {
                     socklen_t size = sizeof no_delay;
                     ::getsockopt(in.socket, IPPROTO_TCP, TCP_NODELAY, &no_delay, &size);
                     return gate_world::text("hello");
                   }};
  CHECK(world.get("/").status == 200);
  CHECK(no_delay != 0);
}

TEST_CASE("gate: answers carry type, length, date and the handler's headers") {
  gate_world world{
    {}, [](web_request&) {
      auto answer = gate_world::text("made", 201);
      answer.headers = {{"Location", "/x"}, {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
      return answer;
    }};
  auto answer = world.get("/");
  CHECK(answer.head.starts_with("HTTP/1.1 201 Created\r\n"));
  CHECK(answer.headers["content-type"] == "text/plain");
  CHECK(answer.headers["content-length"] == "4");
  CHECK(answer.headers["location"] == "/x");
  CHECK(answer.headers["date"].ends_with(" GMT"));
  CHECK(answer.head.find("Set-Cookie: a=1\r\n") != std::string::npos);
  CHECK(answer.head.find("Set-Cookie: b=2\r\n") != std::string::npos);
  CHECK_FALSE(answer.headers.contains("connection"));
  CHECK_FALSE(answer.headers.contains("keep-alive"));
  CHECK_FALSE(answer.headers.contains("accept-ranges"));
}

TEST_CASE("gate: shared bytes arrive whole, however many") {
  for (size_t size : {1u, 70'000u, 20'000'000u}) {
    std::vector<uint8_t> samples(size);
    for (size_t i = 0; i < size; ++i)
      samples[i] = static_cast<uint8_t>(i * 31 >> 3);
    shared_bytes bytes{std::move(samples)};
    gate_world world{{}, [&](web_request&) {
                       web_response answer;
                       answer.type = "image/png";
                       answer.bytes = bytes;
                       return answer;
                     }};
    wire client{world.port};
    for (int i = 0; i < 2; ++i)
      CHECK(client.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body == bytes.view());
  }
}

TEST_CASE("gate: a connection is kept for the next request") {
  gate_world world;
  wire client{world.port};
  for (int i = 0; i < 5; ++i)
    CHECK(client.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 200);
  CHECK(world.gate.figures().requests == 5);
  CHECK(world.gate.figures().open == 1);
}

TEST_CASE("gate: a connection ends when either side wishes") {
  gate_world world{{}, [](web_request& in) {
                     auto answer = gate_world::text("hello");
                     answer.close = in.path == "/close";
                     return answer;
                   }};
  for (auto* request :
       {"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        "GET /close HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
    wire client{world.port};
    auto answer = client.ask(request);
    CHECK(answer.body == "hello");
    CHECK(answer.closes());
    CHECK(client.is_over());
  }
}

TEST_CASE("gate: HEAD has the length of the body and no body") {
  gate_world world;
  wire client{world.port};
  auto answer = client.ask("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n", true);
  CHECK(answer.status == 200);
  CHECK(answer.headers["content-length"] == "5");
  CHECK(world.last().method == "HEAD");
  CHECK(client.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body == "hello");
}

TEST_CASE("gate: OPTIONS reaches the handler") {
  gate_world world;
  CHECK(world.ask("OPTIONS /a HTTP/1.1\r\nHost: h\r\nOrigin: http://x\r\n\r\n").status
        == 200);
  CHECK(world.last().method == "OPTIONS");
}

TEST_CASE("gate: answers without a body say so") {
  int status = 204;
  gate_world world{{}, [&](web_request&) {
                     web_response answer;
                     answer.status = status;
                     return answer;
                   }};
  wire client{world.port};
  for (int each : {204, 304}) {
    status = each;
    auto answer = client.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(answer.status == each);
    CHECK_FALSE(answer.headers.contains("content-length"));
  }
  status = 200;
  CHECK(client.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").headers["content-length"] == "0");
}

TEST_CASE("gate: bodies stream to every method that has one") {
  gate_world world{{}, echo};
  wire client{world.port};
  for (auto* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    std::string body = std::string{"the body of "} + method;
    auto answer = client.ask(post_over_gate(body, "", method));
    CHECK(answer.body == body);
    CHECK(answer.headers["length"] == std::to_string(body.size()));
  }
  CHECK(client.ask("POST /in HTTP/1.1\r\nHost: h\r\n\r\n").headers["length"] == "0");
}

TEST_CASE("gate: a large body comes in pieces of at most 64 KiB") {
  gate_world world{{}, echo};
  std::string body(5'000'000, ' ');
  for (size_t i = 0; i < body.size(); ++i)
    body[i] = static_cast<char>(i * 7 >> 2);
  wire client{world.port};
  auto answer = client.ask(post_over_gate(body));
  CHECK(answer.body == body);
  CHECK(std::stoul(answer.headers["largest"]) <= 64 * 1024);
  CHECK(client.ask(post_over_gate("small")).body == "small");
}

TEST_CASE("gate: a body that ends early is no body") {
  std::atomic<int> complete{-1};
  gate_world world{{}, [&](web_request& in) {
                     complete = in.body->read([](const char*, size_t) {});
                     return gate_world::text("");
                   }};
  wire client{world.port};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nonly this");
  client.end_sending();
  CHECK(client.hear().closes());
  CHECK(complete == 0);
}

TEST_CASE("gate: what the taker throws ends the request, not the server") {
  gate_world world{{}, [](web_request& in) {
                     in.body->read(
                       [](const char*, size_t) { throw std::runtime_error{"disk"}; });
                     return gate_world::text("");
                   }};
  wire client{world.port};
  CHECK(client.ask(post_over_gate("abc")).status == 500);
  CHECK(client.ask(post_over_gate("abc")).status == 500);
}

TEST_CASE("gate: a small body nobody read is skipped, a large one ends the connection") {
  gate_world world;
  wire client{world.port};
  CHECK_FALSE(client.ask(post_over_gate(std::string(200'000, 'x'))).closes());
  CHECK(client.ask("GET /next HTTP/1.1\r\nHost: h\r\n\r\n").status == 200);
  CHECK(world.last().path == "/next");
  CHECK(client.ask(post_over_gate(std::string(300'000, 'x'))).closes());
  CHECK(client.is_over());
}

TEST_CASE("gate: the answer survives a body nobody wanted") {
  gate_world world;
  for (int i = 0; i < 20; ++i) {
    wire client{world.port};
    client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 900000000\r\n\r\n"
               + std::string(1'000'000, 'x'));
    CHECK(client.hear().body == "hello");
  }
}

TEST_CASE("gate: 100-continue is said when the handler wants the body") {
  gate_world world{{}, echo};
  wire client{world.port};
  client.say(
    "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  CHECK(client.hear().status == 100);
  auto answer = client.ask("body");
  CHECK(answer.status == 200);
  CHECK(answer.body == "body");
  CHECK_FALSE(answer.closes());
}

TEST_CASE("gate: 100-continue is not said when the handler refuses") {
  gate_world world{{}, [](web_request&) { return gate_world::text("too large", 413); }};
  wire client{world.port};
  auto answer = client.ask(
    "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  CHECK(answer.status == 413);
  CHECK(answer.closes());
  CHECK(client.is_over());
}

TEST_CASE("gate: a client may end its side and still hear the answer") {
  gate_world world;
  wire client{world.port};
  client.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  client.end_sending();
  CHECK(client.hear().body == "hello");
  CHECK(client.is_over());
}

TEST_CASE("gate: blocking lets others find a thread") {
  latch finish;
  http::gate* itself = nullptr;
  gate_world world{{.min_threads = 1, .max_threads = 8}, [&](web_request& in) {
                     if (in.path == "/slow") {
                       http::gate::blocking others{*itself};
                       finish.wait();
                     }
                     return gate_world::text(in.path);
                   }};
  itself = &world.gate;
  std::vector<wire> slow;
  for (int i = 0; i < 5; ++i) {
    slow.emplace_back(world.port).say("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(world.get("/quick").body == "/quick");
  }
  CHECK(world.gate.figures().threads <= 8);
  finish.open();
  for (auto& client : slow)
    CHECK(client.hear().body == "/slow");
}

TEST_CASE("gate: at the limit of threads requests wait their turn") {
  latch finish;
  http::gate* itself = nullptr;
  gate_world world{{.min_threads = 1, .max_threads = 3}, [&](web_request& in) {
                     http::gate::blocking others{*itself};
                     finish.wait();
                     return gate_world::text(in.path);
                   }};
  itself = &world.gate;
  std::vector<wire> clients;
  for (int i = 0; i < 10; ++i)
    clients.emplace_back(world.port)
      .say("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(comes_true([&] { return world.gate.figures().requests == 3; }));
  CHECK(world.gate.figures().threads == 3);
  finish.open();
  for (int i = 0; i < 10; ++i)
    CHECK(clients[static_cast<size_t>(i)].hear().body == "/" + std::to_string(i));
}

TEST_CASE("gate: stop lets a running request finish and drops the idle") {
  latch started, finish;
  gate_world world{{}, [&](web_request& in) {
                     if (in.path == "/slow") {
                       started.open();
                       finish.wait();
                     }
                     return gate_world::text("done");
                   }};
  wire idle{world.port}, busy{world.port}, halfway{world.port};
  CHECK(idle.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status == 200);
  halfway.say("GET / HTT");
  busy.say("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  started.wait();
  std::thread stopping{[&] { world.gate.stop(20s); }};
  CHECK(idle.is_over());
  CHECK(halfway.is_over());
  CHECK_THROWS(wire{world.port}); // the door closed first
  finish.open();
  auto answer = busy.hear();
  CHECK(answer.body == "done");
  CHECK(answer.closes());
  stopping.join();
  CHECK(world.gate.figures().open == 0);
  CHECK(world.gate.figures().threads == 0);
}

TEST_CASE("gate: stop finishes a long answer under way") {
  shared_bytes bytes{std::vector<uint8_t>(30'000'000, 'x')};
  gate_world world{{}, [&](web_request&) {
                     web_response answer;
                     answer.type = "image/png";
                     answer.bytes = bytes;
                     return answer;
                   }};
  wire client{world.port};
  client.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(comes_true([&] { return world.gate.figures().requests == 1; }));
  std::thread stopping{[&] { world.gate.stop(20s); }};
  CHECK(client.hear().body.size() == bytes.size());
  stopping.join();
}

TEST_CASE("gate: stop waits no longer than its patience") {
  latch started, finish;
  gate_world world{{}, [&](web_request&) {
                     started.open();
                     finish.wait();
                     return gate_world::text("late");
                   }};
  wire client{world.port};
  client.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  started.wait();
  auto begin = std::chrono::steady_clock::now();
  world.gate.stop(100ms);
  CHECK(std::chrono::steady_clock::now() - begin < 10s);
  CHECK(client.is_over()); // broken off, which a waiting handler sees on its socket
  finish.open();
}

TEST_CASE("gate: stop breaks off a body that does not come") {
  latch started;
  gate_world world{{}, [&](web_request& in) {
                     started.open();
                     in.body->read([](const char*, size_t) {});
                     return gate_world::text("");
                   }};
  wire client{world.port};
  client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n");
  started.wait();
  world.gate.stop(50ms);
  CHECK(client.is_over());
}

TEST_CASE("gate: addresses") {
  gate_world world;
  auto same = "127.0.0.1:" + std::to_string(world.port);
  auto trouble_of = [](const std::string& address) -> std::string {
    http::gate other{{}, [](web_request&) { return web_response{}; }};
    try {
      other.start(address);
    } catch (const failure& e) {
      CHECK(e.code == errc::unavailable);
      return e.what();
    }
    return "";
  };
  CHECK(trouble_of(same) == "cannot listen on " + same + ": Address already in use");
  CHECK(trouble_of("127.0.0.1").find("no port") != std::string::npos);
  CHECK(trouble_of("no such host:80").find("no such host:80") != std::string::npos);
  CHECK(trouble_of("192.0.2.1:0").find("192.0.2.1:0") != std::string::npos);
  CHECK(trouble_of("127.0.0.1:0").empty());
}

TEST_CASE("gate: may be made and destroyed without ever being opened") {
  http::gate closed{{}, [](web_request&) { return web_response{}; }};
  closed.stop(1s);
  closed.stop(1s);
  CHECK(closed.figures().threads == 0);
}

// Answers that are made while they are sent.

#include "tests/unit/http/gate_client.hpp"

#include "storage/failure.hpp"

#include <atomic>
#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;
using http::web_request;
using http::web_response;

namespace {

/// `pieces` times 100,000 bytes; counts how many live.
class counted_stream : public http::body_stream {
public:
  counted_stream(size_t pieces, size_t good, std::atomic<int>& alive)
    : pieces_{pieces},
      good_{good},
      alive_{alive} {
    ++alive_;
  }
  ~counted_stream() override { --alive_; }
  uint64_t length() const override { return pieces_ * size; }
  shared_bytes next() override {
    if (made_ == good_)
      throw failure{errc::unreadable, "gone"};
    return shared_bytes{
      shared_bytes::vector(size, static_cast<uint8_t>('a' + made_++ % 26))};
  }

  static constexpr size_t size = 100'000;

private:
  size_t pieces_, good_, made_ = 0;
  std::atomic<int>& alive_;
};

web_response streamed(size_t pieces, size_t good, std::atomic<int>& alive) {
  web_response out{.type = "a/b"};
  out.stream = std::make_shared<counted_stream>(pieces, good, alive);
  return out;
}

/// Says "one", "two", "three" and ends.
class open_stream final : public http::body_stream {
public:
  uint64_t length() const override { return open_end; }
  shared_bytes next() override {
    static const std::string words[]{"one ", "two ", "three"};
    if (said_ == std::size(words))
      return {};
    auto& word = words[said_++];
    return shared_bytes{{word.begin(), word.end()}};
  }

private:
  size_t said_ = 0;
};

} // namespace

TEST_CASE("gate: a stream with an open end ends the connection with it") {
  gate_world world{{}, [](web_request&) {
                     web_response out{.type = "text/event-stream"};
                     out.stream = std::make_shared<open_stream>();
                     return out;
                   }};
  wire line{world.port};
  const auto answer = line.ask("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
  CHECK(answer.status == 200);
  CHECK(answer.closes());
  CHECK_FALSE(answer.headers.contains("content-length"));
  CHECK(line.rest() == "one two three");
}

TEST_CASE("gate: a stream is sent piece by piece, and the connection goes on") {
  std::atomic<int> alive{0};
  gate_world world{{}, [&](web_request&) { return streamed(40, 40, alive); }};
  wire line{world.port};
  for (int i = 0; i < 2; ++i) {
    const auto answer = line.ask("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    CHECK(answer.status == 200);
    CHECK_FALSE(answer.closes());
    REQUIRE(answer.body.size() == 40 * counted_stream::size);
    for (size_t piece = 0; piece < 40; ++piece)
      CHECK(answer.body[piece * counted_stream::size + 7] == char('a' + piece % 26));
  }
  const auto head = line.ask("HEAD / HTTP/1.1\r\nHost: here\r\n\r\n", true);
  CHECK(head.headers.at("content-length") == "4000000");
  CHECK(comes_true([&] { return alive == 0; }));
}

TEST_CASE("gate: a stream that fails breaks the connection off, short of its length") {
  std::atomic<int> alive{0};
  gate_world world{{}, [&](web_request&) { return streamed(10, 3, alive); }};
  wire line{world.port};
  const auto answer = line.ask("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
  CHECK(answer.headers.at("content-length") == "1000000");
  CHECK(answer.body.size() <= 3 * counted_stream::size);
  CHECK(line.is_over());
  CHECK(comes_true([&] { return alive == 0; }));
}

TEST_CASE("gate: who leaves in the middle of a stream ends it") {
  std::atomic<int> alive{0};
  gate_world world{{}, [&](web_request&) { return streamed(100'000, 100'000, alive); }};
  {
    wire line{world.port};
    line.say("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
    CHECK(comes_true([&] { return alive == 1; }));
  }
  CHECK(comes_true([&] { return alive == 0; }));
}

#include "actors/meter.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using namespace troupe;

TEST_CASE("meter: a fresh one has done nothing") {
  const auto f = meter{}.read();
  CHECK(f.handled == 0);
  CHECK(f.errors == 0);
  CHECK(f.mean == 0);
  CHECK(f.p99 == 0);
  CHECK_FALSE(f.busy);
  CHECK(f.uptime >= 0);
}

TEST_CASE("meter: counts what was handled, and what went wrong of it") {
  meter m;
  for (int i = 0; i < 10; ++i) {
    meter::scope one{m, 0};
    one.failed = i < 3;
  }
  CHECK(m.read().handled == 10);
  CHECK(m.read().errors == 3);
}

TEST_CASE("meter: is busy, with the rest of the mailbox waiting, while it handles") {
  meter m;
  {
    const meter::scope one{m, 4};
    CHECK(m.read().busy);
    CHECK(m.read().waiting == 4);
  }
  CHECK_FALSE(m.read().busy);
  CHECK(m.read().waiting == 3); // the next one is on its way
}

TEST_CASE("meter: the mean and the 99th percentile lie where the work was") {
  meter m;
  const auto slow = [&] {
    const meter::scope one{m, 0};
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  };
  for (int i = 0; i < 199; ++i)
    const meter::scope quick{m, 0};
  slow();
  CHECK(m.read().mean >= 0.0001);
  CHECK(m.read().p99 < 0.02); // one of 200
  slow();
  slow();
  CHECK(m.read().p99 >= 0.02); // three of 202
}

TEST_CASE("meter: may be read and written from many threads") {
  meter m;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) {
        const meter::scope one{m, 0};
        m.read();
      }
    });
  for (auto& t : threads)
    t.join();
  CHECK(m.read().handled == 4000);
}

TEST_CASE("meter: knows the types of messages, the last of them, and what went wrong") {
  meter m;
  const auto request = std::make_shared<request_trace>("run-7");
  for (int i = 0; i < 60; ++i)
    const meter::scope one{m, 0, typeid(int).name()};
  {
    meter::scope one{m, 0, typeid(double).name(), request};
    CHECK(m.read().message == "double");
    CHECK(m.read().request == "run-7");
    one.fail("no such thing");
  }
  CHECK(m.read().message.empty());
  const auto d = m.look();
  REQUIRE(d.tallies.size() == 2);
  CHECK(d.tallies[0].handled + d.tallies[1].handled == 61);
  CHECK(d.latest.size() == 50);
  CHECK(d.latest[0].message == "double"); // the newest first
  REQUIRE(d.troubles.size() == 1);
  CHECK(d.troubles[0].error == "no such thing");
  CHECK(d.troubles[0].request == "run-7");
}

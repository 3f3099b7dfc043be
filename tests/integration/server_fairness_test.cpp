// Many requests at once: nobody starves, nothing is done twice or for nobody.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <sys/socket.h>
#include <thread>

using namespace troupe::test;

namespace {

/// A tile that takes some time, and is like no other.
std::string slow_tile(int64_t image, int n) {
  return fmt::format(
    "/api/v1/images/{}/tile?level=0&x={}&y={}&z=0&t=0&format=png&c=1|0:{}$FF8040", image,
    n % 4, n / 4 % 4, 200 + n);
}

/// So many people ask, each for its own path, at the same time.
class crowd {
public:
  crowd(const api& who, int size, const std::function<std::string(int)>& path) {
    for (int i = 0; i < size; ++i)
      threads_.emplace_back([this, who = api{who}, asked = path(i)]() mutable {
        auto a = who.get(asked);
        ++(a.status == 200 ? served_ : refused_);
      });
  }
  ~crowd() { wait(); }
  void wait() {
    for (auto& t : threads_)
      if (t.joinable())
        t.join();
  }
  int served() const { return served_; }
  int refused() const { return refused_; }

private:
  std::atomic<int> served_{0}, refused_{0};
  std::vector<std::thread> threads_;
};

int64_t queue_figure(running_server& server, const std::string& figure) {
  return entry(server.status(), "queues", "render-worker").at(figure);
}

/// 2048 x 2048, so that there are 16 tiles.
int64_t large_image(running_server& server) {
  static const auto id =
    import_image(server.root(), "large.tif", pyramid{2048, 2048}.bytes());
  return id;
}

} // namespace

TEST_CASE("fairness: 200 queued tiles of one user do not keep another waiting") {
  auto& server = shared_server();
  auto image = large_image(server);
  auto other = server.add_user("patient", true);
  REQUIRE(other.get(slow_tile(image, 9000)).status == 200); // may see it, knows it
  crowd flood{server.root(), 200, [&](int i) { return slow_tile(image, i); }};
  REQUIRE(comes_true(
    [&] { return queue_figure(server, "length") > 100 || flood.served() > 20; }));
  REQUIRE(other.get(slow_tile(image, 9001)).status == 200);
  auto before = flood.served();
  flood.wait();
  CHECK_MESSAGE(before < 150,
                "the flood had " << before << " of 200 tiles before the other had one");
  CHECK(flood.served() == 200);
}

TEST_CASE("sharing: 50 askers of one tile cost a few renderings") {
  auto& server = shared_server();
  auto image = large_image(server);
  auto handled = [&] {
    int64_t n = 0;
    for (auto& a : server.status().at("actors"))
      if (a.at("kind") == "render-worker")
        n += a.at("handled").get<int64_t>();
    return n;
  };
  auto before = handled();
  {
    crowd all{server.root(), 50, [&](int) { return slow_tile(image, 7777); }};
    all.wait();
    CHECK(all.served() == 50);
  }
  CHECK(handled() - before < 25);
  CHECK(queue_figure(server, "shared") > 0);
}

TEST_CASE("dropping: what the client left is not rendered") {
  auto& server = shared_server();
  auto image = large_image(server);
  auto dropped = queue_figure(server, "dropped");
  // A fast machine may have done all before anyone leaves: then once more.
  CHECK(comes_true([&, round = 0]() mutable {
    ++round;
    crowd flood{server.root(), 200,
                [&](int i) { return slow_tile(image, 1000 * round + i); }};
    comes_true(
      [&] { return queue_figure(server, "length") > 100 || flood.served() > 50; });
    std::vector<std::thread> leaving;
    for (int i = 0; i < 30; ++i)
      leaving.emplace_back([&, i] {
        httplib::Client hasty{server.url()};
        hasty.set_read_timeout(std::chrono::milliseconds{1}); // hangs up at once
        hasty.Get(slow_tile(image, 1000 * round + 500 + i),
                  {{"Authorization", "Bearer " + server.root().token()}});
      });
    for (auto& t : leaving)
      t.join();
    flood.wait();
    CHECK(flood.served() == 200);
    return queue_figure(server, "dropped") > dropped;
  }));
  CHECK(comes_true([&] { return queue_figure(server, "length") == 0; }));
}

TEST_CASE("views: a newer plane of a view replaces an older one that has not started") {
  auto& server = shared_server();
  auto image = large_image(server);
  CHECK(comes_true([&, round = 0]() mutable {
    ++round;
    crowd flood{server.root(), 100,
                [&](int i) { return slow_tile(image, 1000 * round + 600 + i); }};
    comes_true(
      [&] { return queue_figure(server, "length") > 30 || flood.served() > 50; });
    std::vector<int> statuses(10);
    std::vector<std::thread> viewer;
    for (size_t i = 0; i < statuses.size(); ++i)
      viewer.emplace_back([&, i, who = api{server.root()}]() mutable {
        auto path =
          fmt::format("/api/v1/images/{}/plane?z=0&t=0&q=0.{}{}", image, 10 + i, round);
        statuses[i] = who.get(path, {{"Troupe-View", "one"}}).status;
      });
    for (auto& t : viewer)
      t.join();
    for (auto s : statuses)
      CHECK((s == 200 || s == 503));
    CHECK(std::count(statuses.begin(), statuses.end(), 200) >= 1);
    return std::count(statuses.begin(), statuses.end(), 503) >= 1;
  }));
}

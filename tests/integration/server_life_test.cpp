// How a server starts, ends, and comes back.

#include "tests/support/raw_connection.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <csignal>
#include <thread>

using namespace troupe::test;

namespace {

/// Rendering and packing this takes seconds.
constexpr auto slow_picture =
  "/api/v1/images/{}/plane?z=0&t=0&format=png&c=1%7C0:255$FF00FF";

} // namespace

TEST_CASE("life: a fresh server is ready and modest") {
  running_server server;
  const auto ready = server.nobody().get("/readyz");
  CHECK(ready.status == 200);
  for (const auto* check : {"database", "migrations", "storage", "actors"})
    CHECK(ready.document().at("checks").at(check).at("ok") == true);
  CHECK(server.nobody().get("/healthz").status == 200);
  CHECK(server.nobody().read("/version").at("name") == "troupe");
  const int64_t resident = server.status().at("process").at("residentBytes");
  CHECK(resident < 60'000'000);
  CHECK(server.postgres() != 0);
}

TEST_CASE("life: SIGTERM lets running requests finish, then everything ends") {
  running_server server;
  const auto image = import_image(server.root(), "big.tif", big_tiff(6000, 6000));
  answer slow;
  std::thread asker{[&, who = server.root()]() mutable {
    slow = who.get(fmt::format(fmt::runtime(slow_picture), image));
  }};
  const auto busy = comes_true([&] {
    return entry(server.status(), "queues", "render-worker").at("inFlight") == 1;
  });
  const auto postgres = server.postgres();
  const auto code = server.stop();
  asker.join();
  CHECK(busy);
  CHECK(slow.status == 200);
  CHECK(decode_png(slow.body).width == 6000);
  CHECK(code == 0);
  CHECK(postgres != 0);
  CHECK(server.postgres() == 0);
  CHECK_FALSE(std::filesystem::exists(server.data() / "url"));
  CHECK(server.log().find("draining") != std::string::npos);
}

TEST_CASE("life: while draining nobody new is let in") {
  running_server server;
  const auto image = import_image(server.root(), "big.tif", big_tiff(6000, 6000));
  std::thread asker{[&, who = server.root()]() mutable {
    who.get(fmt::format(fmt::runtime(slow_picture), image));
  }};
  const auto busy = comes_true([&] {
    return entry(server.status(), "queues", "render-worker").at("inFlight") == 1;
  });
  ::kill(server.pid(), SIGTERM);
  auto late = server.nobody();
  const auto refused = comes_true([&] {
    const auto status = late.get("/healthz").status;
    return status == 0 || status == 503;
  });
  asker.join();
  CHECK(busy);
  CHECK(refused);
  CHECK(server.stop() == 0);
}

TEST_CASE("life: PostgreSQL does not survive a killed server, data does") {
  running_server server;
  const auto image = import_image(server.root(), "cells.ome.tif", stack{}.bytes());
  const auto postgres = server.postgres();
  REQUIRE(postgres != 0);
  server.kill();
  CHECK(comes_true([&] { return server.postgres() == 0; }, 15s));
  server.start();
  CHECK(server.postgres() != postgres);
  CHECK(pixels(server.root(), image, "z=0&c=0&t=0") == stack{}.plane(0, 0, 0));
}

TEST_CASE("life: killed again and again, it starts again and again") {
  running_server server;
  for (int i = 0; i < 4; ++i) {
    const auto name = fmt::format("project {}", i);
    server.root().make("/api/v1/projects", {{"name", name}});
    server.kill();
    server.start(); // at once: PostgreSQL of before is still going down
  }
  CHECK(server.root().read("/api/v1/projects").at("total") == 4);
}

TEST_CASE("life: two servers never share a folder") {
  auto& server = shared_server();
  const auto second =
    run_troupe({"serve", "--data", server.data(), "--listen", "127.0.0.1:0"});
  CHECK(second.code == 1);
  CHECK(second.err.find(server.data()) != std::string::npos);
  const auto holder = fmt::format("in use by process {}", server.pid());
  CHECK(second.err.find(holder) != std::string::npos);
  CHECK(server.is_ready(1s));
}

TEST_CASE("life: a taken port is told, and PostgreSQL stops again") {
  auto& server = shared_server();
  const short_folder other;
  const auto listen = fmt::format("127.0.0.1:{}", server.port());
  const auto second = run_troupe({"serve", "--data", other / "data", "--listen", listen},
                                 {{"TROUPE_ROOT_PASSWORD", "good enough"}});
  CHECK(second.code == 1);
  CHECK(second.err.find(listen) != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(other / "data" / "postgres" / "postmaster.pid"));
}

TEST_CASE("life: a password that was not given is made and told once") {
  const short_folder folder;
  const auto start = [&](const std::string& out) {
    program server{{"serve", "--data", folder / "data", "--listen", "127.0.0.1:0"},
                   {},
                   folder / out,
                   folder / "err"};
    REQUIRE(
      comes_true([&] { return text_of_file(folder / "data" / "url").ends_with('\n'); }));
    server.send(SIGTERM);
    CHECK(server.wait(60s) == 0);
    return text_of_file(folder / out);
  };
  const auto told = start("first");
  CHECK(told.find("The password of root is ") == 0);
  CHECK(start("second").empty());
  CHECK(text_of_file(folder / "err").find(told.substr(24, 20)) == std::string::npos);
}

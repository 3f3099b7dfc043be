// What administrators and their monitoring see.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

using namespace troupe::test;

TEST_CASE("status: every actor shows, with all its figures") {
  auto& server = shared_server();
  import_image(server.root(), "a.ome.tif", stack{}.bytes());
  const auto status = server.status();
  for (const auto* room : {"supervisor", "database", "repository", "plane-render",
                           "thumbnail", "imports", "sessions", "bridge"}) {
    CAPTURE(room);
    const auto one = actor(status, room);
    REQUIRE_FALSE(one.is_null());
    CHECK(one.at("kind") == room);
    CHECK(one.at("parent").is_null());
    CHECK((one.at("state") == "idle" || one.at("state") == "busy"));
    for (const auto* figure :
         {"mailbox", "handled", "errors", "restarts", "uptime", "mean", "p99"})
      CHECK(one.at(figure).get<double>() >= 0);
    CHECK(one.at("gauges").is_object());
  }
  const std::map<std::string, std::string> workers{
    {"connection-writer", "database"},   {"connection-reader-1", "database"},
    {"render-worker-1", "plane-render"}, {"thumbnail-worker-1", "thumbnail"},
    {"import-worker-1", "imports"},      {"measure-worker-1", "imports"},
    {"password-worker-1", "sessions"}};
  for (auto& [worker, room] : workers) {
    CAPTURE(worker);
    REQUIRE_FALSE(actor(status, worker).is_null());
    CHECK(actor(status, worker).at("parent") == room);
  }
  // A worker draws the thumbnails after the import has ended; then it has handled one.
  CHECK(comes_true([&] {
    const auto now = server.status();
    return actor(now, "import-worker-1").at("handled").get<int>()
             + actor(now, "import-worker-2").at("handled").get<int>()
           >= 1;
  }));
  std::set<std::string> names;
  for (auto& one : status.at("actors"))
    CHECK(names.insert(one.at("name")).second); // each once
}

TEST_CASE("status: the house as a whole") {
  auto& server = shared_server();
  const auto status = server.status();
  CHECK(status.at("ready") == true);
  CHECK(status.at("uptime").get<double>() > 0);
  CHECK(status.at("version").is_string());
  const auto& process = status.at("process");
  CHECK(process.at("residentBytes").get<int64_t>() > 1'000'000);
  CHECK(process.at("threads").get<int>() > 3);
  CHECK(process.at("openFiles").get<int>() > 3);
  CHECK(process.at("cpuSeconds").get<double>() > 0);
  const auto& database = status.at("database");
  CHECK(database.at("embedded") == true);
  CHECK(database.at("connected") == true);
  CHECK(database.at("pool") == 4);
  CHECK(database.at("statements").get<int64_t>() > 0);
  CHECK(status.at("requests").at("total").get<int64_t>() > 0);
  CHECK(status.at("requests").at("inFlight") == 1); // this one
  CHECK(status.at("connections").at("open").get<int>() >= 1);
  for (const auto* queue : {"render-worker", "thumbnail-worker", "import-worker",
                            "measure-worker", "password-worker"}) {
    const auto one = entry(status, "queues", queue);
    CAPTURE(queue);
    for (const auto* figure :
         {"length", "limit", "inFlight", "dropped", "shared", "refused"})
      CHECK(one.at(figure).is_number_integer());
  }
  CHECK(entry(status, "caches", "thumbnails").at("entries").is_number_integer());
  CHECK(status.at("sessions").get<int>() >= 1);
}

TEST_CASE("status: imports are counted by how they ended") {
  running_server server;
  import_bytes(server.root(), "a.png", picture_specimen{}.png());
  import_bytes(server.root(), "b.png", "no image");
  upload(server.root(), "c.png", "x");
  CHECK(comes_true([&] {
    const auto now = server.status().at("imports");
    return now.at("done") == 1 && now.at("failed") == 1 && now.at("active") == 1;
  }));
}

TEST_CASE("status: metrics are in Prometheus' words") {
  auto& server = shared_server();
  const auto a = server.root().get("/metrics");
  REQUIRE(a.status == 200);
  CHECK(a.header("Content-Type").starts_with("text/plain; version=0.0.4"));
  const std::regex sample{
    R"(^([a-z0-9_]+)(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [-+0-9.eE]+$)"};
  std::istringstream in{a.body};
  std::set<std::string> families, samples;
  for (std::string line; std::getline(in, line);) {
    CAPTURE(line);
    if (line.starts_with("# TYPE "))
      CHECK(families.insert(line.substr(7, line.rfind(' ') - 7)).second);
    if (line.starts_with('#'))
      continue;
    CHECK(std::regex_match(line, sample));
    CHECK(samples.insert(line.substr(0, line.rfind(' '))).second);
  }
  for (const auto* family :
       {"process_resident_memory_bytes", "troupe_ready", "troupe_actors",
        "troupe_http_requests_total", "troupe_actor_restarts_total"})
    CHECK(families.contains(family));
}

TEST_CASE("status: monitoring has a token of its own") {
  const short_folder folder;
  const std::string token = "monitoring-token-1234";
  write_text(folder / "token", token + "\n");
  running_server server{{.arguments = {"--metrics-token-file", folder / "token"}}};
  CHECK(api{server.url(), token}.get("/metrics").status == 200);
  CHECK(api{server.url(), token + "5"}.get("/metrics").status == 401);
  CHECK(api{server.url(), token}.get("/api/v1/status").status == 401);
  write_text(folder / "token", "short\n");
  CHECK(api{server.url(), "short"}.get("/metrics").status == 401);
}

namespace {

bool needs_an_argument(const json& operation) {
  const auto parameters = operation.value("parameters", json::array());
  return std::any_of(parameters.begin(), parameters.end(),
                     [](auto& p) { return p.at("required").template get<bool>(); });
}

} // namespace

TEST_CASE("status: the API describes itself, and each plain address answers") {
  auto& server = shared_server();
  const auto description = server.nobody().read("/api/v1/openapi.json");
  CHECK(description.at("openapi").get<std::string>().starts_with("3.1"));
  int asked = 0;
  for (auto& [path, operations] : description.at("paths").items()) {
    if (path.find('{') != path.npos || !operations.contains("get")
        || needs_an_argument(operations.at("get"))
        || operations.at("get").dump().find("text/event-stream") != std::string::npos)
      continue;
    CAPTURE(path);
    CHECK(server.root().get(path).status == 200);
    ++asked;
  }
  CHECK(asked >= 10);
}

TEST_CASE("status: a wrong method or address is refused as such") {
  auto& server = shared_server();
  const auto method = server.root().post("/api/v1/status");
  CHECK(method.status == 405);
  CHECK(method.header("Allow") == "GET");
  const auto address = server.root().get("/api/v1/nonsense");
  CHECK(address.status == 404);
  CHECK(address.header("Content-Type") == "application/problem+json");
  for (auto order : {"restart", "drain"})
    CHECK(server.root().post(std::string{"/api/v1/status/actors/nobody/"} + order).status
          == 404);
}

TEST_CASE("status: every answer carries what protects browsers") {
  auto& server = shared_server();
  for (const auto* path : {"/healthz", "/api/v1/images", "/api/v1/nonsense", "/"}) {
    CAPTURE(path);
    const auto a = server.nobody().get(path);
    CHECK(a.header("X-Content-Type-Options") == "nosniff");
    CHECK(a.header("X-Frame-Options") == "SAMEORIGIN");
    CHECK_FALSE(a.header("X-Request-Id").empty());
  }
  const auto page = server.nobody().get("/");
  if (page.status != 200) {
    MESSAGE("built without the page");
    return;
  }
  const auto policy = page.header("Content-Security-Policy");
  CHECK(policy.find("default-src 'self'") != std::string::npos);
  CHECK(policy.find("unsafe") == std::string::npos);
}

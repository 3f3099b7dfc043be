// The status as a stream, the figures of the day, and one request's way.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>
#include <thread>

using namespace troupe::test;

namespace {

struct told_event {
  std::string id, kind;
  json data;
};

/// Listens until `enough` says so, the server ends it, or ten seconds are over.
struct listening {
  int status = 0;
  httplib::Headers headers;
  std::vector<told_event> events;
  size_t bytes = 0;
  bool ended_by_server = false;
};

using judge = std::function<bool(const listening&)>;

void take_events(std::string& text, std::vector<told_event>& into) {
  for (size_t end; (end = text.find("\n\n")) != text.npos; text.erase(0, end + 2)) {
    told_event one;
    std::istringstream lines{text.substr(0, end)};
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("id: "))
        one.id = line.substr(4);
      else if (line.starts_with("event: "))
        one.kind = line.substr(7);
      else if (line.starts_with("data: "))
        one.data = json::parse(line.substr(6));
    }
    if (!one.kind.empty())
      into.push_back(std::move(one));
  }
}

listening listen_to(const std::string& url, const std::string& token, const judge& enough,
                    httplib::Headers more = {}) {
  listening out;
  httplib::Client http{url};
  http.set_read_timeout(std::chrono::seconds{10});
  more.emplace("Authorization", "Bearer " + token);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  std::string text;
  const auto got = http.Get(
    "/api/v1/status/events", more,
    [&](const httplib::Response& r) {
      out.status = r.status;
      out.headers = r.headers;
      return true;
    },
    [&](const char* data, size_t size) {
      out.bytes += size;
      text.append(data, size);
      take_events(text, out.events);
      return std::chrono::steady_clock::now() < end && !enough(out);
    });
  out.ended_by_server = bool(got);
  return out;
}

judge after_events(size_t n) {
  return [n](const listening& l) { return l.events.size() >= n; };
}

const auto never = [](const listening&) { return false; };

} // namespace

TEST_CASE("status events: first the whole, then what changes, each second") {
  auto& server = shared_server();
  const auto heard = listen_to(server.url(), server.root().token(), after_events(4));
  REQUIRE(heard.status == 200);
  CHECK(heard.headers.find("Content-Type")->second == "text/event-stream");
  CHECK(heard.headers.find("Cache-Control")->second == "no-store");
  REQUIRE(heard.events.size() >= 4);
  const auto& whole = heard.events[0];
  CHECK(whole.kind == "status");
  CHECK(whole.data.at("ready") == true);
  CHECK(whole.data.at("actors").size() > 10);
  CHECK_FALSE(actor(whole.data, "observer").is_null());
  std::set<std::string> ids{whole.id};
  for (size_t i = 1; i < heard.events.size(); ++i) {
    const auto& delta = heard.events[i];
    CAPTURE(delta.data.dump());
    CHECK(delta.kind == "delta");
    CHECK(delta.data.at("at").get<int64_t>() > whole.data.at("at").get<int64_t>());
    CHECK(delta.data.at("sample").contains("requests"));
    CHECK_FALSE(delta.data.contains("version")); // it has not changed
    CHECK(delta.data.dump().size() < 20'000);
    CHECK(ids.insert(delta.id).second);
  }
}

TEST_CASE("status events: a delta names the actor that worked, and only its changes") {
  auto& server = shared_server();
  auto root = server.root();
  const auto heard = listen_to(server.url(), root.token(), [&](const listening& l) {
    root.get("/api/v1/projects");
    return l.events.size() >= 4;
  });
  bool found = false;
  for (auto& e : heard.events)
    if (e.kind == "delta")
      for (auto& a : e.data.at("actors"))
        if (a.at("name") == "bridge") {
          found = true;
          CHECK(a.contains("handled"));
          CHECK_FALSE(a.contains("kind"));
          CHECK_FALSE(a.contains("uptime"));
        }
  CHECK(found);
}

TEST_CASE("status events: who comes back hears only what was missed") {
  auto& server = shared_server();
  const auto token = server.root().token();
  const auto first = listen_to(server.url(), token, after_events(2));
  REQUIRE(first.events.size() >= 2);
  const auto again = listen_to(server.url(), token, after_events(1),
                               {{"Last-Event-ID", first.events.back().id}});
  REQUIRE_FALSE(again.events.empty());
  CHECK(again.events[0].kind == "delta");
  const auto strange = listen_to(server.url(), token, after_events(1),
                                 {{"Last-Event-ID", "another-run-17"}});
  REQUIRE_FALSE(strange.events.empty());
  CHECK(strange.events[0].kind == "status");
}

TEST_CASE("status events: for administrators only") {
  auto& server = shared_server();
  auto plain = server.add_user("events.plain");
  CHECK(plain.get("/api/v1/status/events").status == 403);
  CHECK(server.nobody().get("/api/v1/status/events").status == 401);
}

TEST_CASE("status events: end with the session") {
  auto& server = shared_server();
  auto chief = server.add_user("events.chief", true);
  std::thread leaves{[chief]() mutable {
    std::this_thread::sleep_for(std::chrono::milliseconds{1500});
    CHECK(chief.remove("/api/v1/session").status == 204);
  }};
  const auto heard = listen_to(server.url(), chief.token(), never);
  leaves.join();
  CHECK(heard.ended_by_server);
  REQUIRE_FALSE(heard.events.empty());
  CHECK(heard.events.back().kind == "end");
}

TEST_CASE("status events: end when the server stops, which waits for none of them") {
  running_server server;
  const auto token = server.root().token();
  listening heard;
  std::thread listens{[&] { heard = listen_to(server.url(), token, never); }};
  std::this_thread::sleep_for(std::chrono::milliseconds{1500});
  const auto begin = std::chrono::steady_clock::now();
  CHECK(server.stop() == 0);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{8});
  listens.join();
  REQUIRE_FALSE(heard.events.empty());
  CHECK(heard.events.back().kind == "end");
}

TEST_CASE("status events: so many listeners, and no more") {
  running_server server;
  const auto token = server.root().token();
  std::atomic<bool> over = false;
  std::atomic<int> listen_now = 0;
  std::vector<std::thread> crowd;
  for (int i = 0; i < 16; ++i)
    crowd.emplace_back([&] {
      bool counted = false;
      listen_to(server.url(), token, [&](const listening& l) {
        if (!std::exchange(counted, l.events.size() > 0) && counted)
          ++listen_now;
        return over.load();
      });
    });
  CHECK(comes_true([&] { return listen_now == 16; }));
  auto root = server.root();
  const auto refused = root.get("/api/v1/status/events");
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "10");
  CHECK(root.get("/api/v1/status").status == 200); // everything else goes on
  over = true;
  for (auto& t : crowd)
    t.join();
  CHECK(comes_true(
    [&] { return listen_to(server.url(), token, after_events(1)).status == 200; }));
}

TEST_CASE("status history: a column for each figure, a row for each second") {
  auto& server = shared_server();
  auto& root = server.root();
  const auto image = import_image(root, "history.ome.tif", stack{}.bytes());
  root.get(fmt::format("/api/v1/images/{}/plane?z=0&t=0", image));
  json history;
  CHECK(comes_true([&] {
    history = root.read("/api/v1/status/history");
    const auto& drawn = history.at("render");
    return history.at("at").size() >= 3
           && std::any_of(drawn.begin(), drawn.end(),
                          [](auto& v) { return !v.is_null(); });
  }));
  const auto rows = history.at("at").size();
  for (const auto* column :
       {"requests", "p50", "p95", "p99", "render", "decode", "queueAge", "upload",
        "cacheHits", "cpu", "memory", "mailbox"}) {
    CAPTURE(column);
    CHECK(history.at(column).size() == rows);
  }
  CHECK(history.at("memory").back().get<double>() > 1e6);
  const auto last = history.at("at").back().get<int64_t>();
  CHECK(root.read(fmt::format("/api/v1/status/history?since={}", last)).at("at").size()
        < rows);
  CHECK(root.read("/api/v1/status/history?step=10").at("step") == 10);
  CHECK(root.get("/api/v1/status/history?step=7").status == 400);
}

TEST_CASE("status requests: one request's way through the actors, by its id") {
  auto& server = shared_server();
  auto& root = server.root();
  const auto image = import_image(root, "way.ome.tif", stack{}.bytes());
  const auto drawn = root.get(fmt::format("/api/v1/images/{}/plane?z=0&t=0", image));
  REQUIRE(drawn.status == 200);
  const auto id = drawn.header("X-Request-Id");
  const auto way = root.read("/api/v1/status/requests/" + id);
  CHECK(way.at("id") == id);
  CHECK(way.at("method") == "GET");
  CHECK(way.at("status") == 200);
  CHECK(way.at("route") == "/api/v1/images/{image}/plane");
  std::set<std::string> actors;
  for (auto& span : way.at("spans")) {
    actors.insert(span.at("actor").get<std::string>());
    CHECK(span.at("begin").get<double>() >= 0);
    CHECK(span.at("begin").get<double>() + span.at("seconds").get<double>()
          <= way.at("seconds").get<double>() + 0.05);
  }
  CAPTURE(way.dump());
  for (const auto* room :
       {"bridge", "sessions", "session", "plane-render", "render-worker"})
    CHECK(actors.contains(room));

  const auto listed = root.read("/api/v1/status/requests?limit=200").at("items");
  CHECK(
    std::any_of(listed.begin(), listed.end(), [&](auto& r) { return r.at("id") == id; }));
  CHECK(root.get("/api/v1/status/requests/nonsense").status == 404);
}

TEST_CASE("status requests: a question to the catalogue reaches the database") {
  auto& root = shared_server().root();
  const auto id = root.get("/api/v1/projects").header("X-Request-Id");
  const auto way = root.read("/api/v1/status/requests/" + id);
  std::set<std::string> actors, messages;
  for (auto& span : way.at("spans")) {
    actors.insert(span.at("actor").get<std::string>());
    messages.insert(span.at("message").get<std::string>());
  }
  for (const auto* room : {"bridge", "session", "repository", "database", "connection"})
    CHECK(actors.contains(room));
  CHECK(messages.contains("list_projects")); // what is asked, not how it is wrapped
}

TEST_CASE("status actors: an actor's messages, and its last errors with their request") {
  auto& root = shared_server().root();
  const auto refused = root.get("/api/v1/images/987654321");
  REQUIRE(refused.status == 404);
  bool found = false;
  for (const auto* reader :
       {"connection-reader-1", "connection-reader-2", "connection-reader-3"}) {
    const auto one = root.read(std::string{"/api/v1/status/actors/"} + reader);
    CHECK(one.at("name") == reader);
    CHECK(one.at("latest").size() <= 50);
    for (auto& t : one.at("troubles"))
      found |= t.at("request") == refused.header("X-Request-Id")
               && t.at("error").get<std::string>().find("987654321") != std::string::npos;
  }
  CHECK(found);
  const auto database = root.read("/api/v1/status/actors/database");
  REQUIRE_FALSE(database.at("messages").empty());
  for (auto& m : database.at("messages")) {
    CHECK(m.at("handled").get<int64_t>() > 0);
    CHECK(m.at("longest").get<double>() >= 0);
  }
  CHECK(root.get("/api/v1/status/actors/nobody").status == 404);
}

TEST_CASE(
  "status restart: asked for with full rights, written down, and it works again") {
  running_server server;
  auto& root = server.root();
  const auto image = import_image(root, "again.ome.tif", stack{}.bytes());
  const auto before = actor(server.status(), "plane-render").at("restarts").get<int>();
  CHECK(root.post("/api/v1/status/actors/plane-render/restart").status == 202);
  CHECK(comes_true([&] {
    return actor(server.status(), "plane-render").at("restarts").get<int>() > before;
  }));
  CHECK(root.get(fmt::format("/api/v1/images/{}/plane?z=0&t=0", image)).status == 200);
  const auto rows = root.read("/api/v1/audit?action=restart").at("items");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].at("type") == "actor");
  CHECK(rows[0].at("detail").at("actor") == "plane-render");
  auto plain = server.add_user("plain");
  CHECK(plain.post("/api/v1/status/actors/plane-render/restart").status == 403);
}

// The command line beside serve and import: settings, accounts.

#include "tests/support/running_server.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <sstream>

using namespace troupe::test;

namespace {

/// @returns the value and where it comes from.
std::pair<std::string, std::string> setting(const std::string& shown,
                                            const std::string& key) {
  std::istringstream in{shown};
  for (std::string line; std::getline(in, line);) {
    std::istringstream parts{line};
    std::string name, value, mark, source;
    parts >> name >> value;
    if (value == "#") {
      mark = std::exchange(value, "");
    } else {
      parts >> mark;
    }
    std::getline(parts >> std::ws, source);
    if (name == key)
      return {value, source};
  }
  return {"", "nowhere"};
}

using found = std::pair<std::string, std::string>;

} // namespace

TEST_CASE("settings: default < file < environment < flag") {
  const short_folder folder;
  const auto file = write_text(folder / "troupe.toml",
                               "listen = '127.0.0.1:1'\nimport_workers = 5\n"
                               "queue_limit = 77\nin_place_roots = ['/a', '/b']\n");
  const variables environment{{"TROUPE_IMPORT_WORKERS", "6"},
                              {"TROUPE_QUEUE_LIMIT", "88"}};
  const auto shown =
    run_troupe({"config", "--config", file, "--queue-limit", "99"}, environment);
  REQUIRE(shown.code == 0);
  CHECK(setting(shown.out, "log_level") == found{"info", "default"});
  CHECK(setting(shown.out, "listen") == found{"127.0.0.1:1", file});
  CHECK(setting(shown.out, "in_place_roots") == found{"/a,/b", file});
  CHECK(setting(shown.out, "import_workers") == found{"6", "TROUPE_IMPORT_WORKERS"});
  CHECK(setting(shown.out, "queue_limit") == found{"99", "command line"});
  CHECK(setting(shown.out, "database") == found{"", "default"});
}

TEST_CASE("settings: an unknown key is refused, with the one that was meant") {
  const short_folder folder;
  const auto refused = [&](const ended& result, const std::string& wrong,
                           const std::string& meant) {
    CAPTURE(result.err);
    CHECK(result.code == 2);
    CHECK(result.err.find(wrong) != std::string::npos);
    CHECK(result.err.find(meant) != std::string::npos);
  };
  const auto file = write_text(folder / "a.toml", "lissten = '127.0.0.1:1'\n");
  refused(run_troupe({"config", "--config", file}), "lissten", "listen");
  refused(run_troupe({"config"}, {{"TROUPE_LISTEM", "x"}}), "TROUPE_LISTEM",
          "TROUPE_LISTEN");
  refused(run_troupe({"serve", "--data", folder / "d"}, {{"TROUPE_DATAA", "x"}}),
          "TROUPE_DATAA", "TROUPE_DATA");
  CHECK(run_troupe({"config", "--lissten", "x"}).code == 2);
}

TEST_CASE("settings: a value that does not fit is refused with its place") {
  const short_folder folder;
  auto result = run_troupe({"config", "--queue-limit", "many"});
  CHECK(result.code == 2);
  CHECK(result.err.find("queue_limit") != std::string::npos);
  CHECK(run_troupe({"config", "--queue-limit", "0"}).code == 2);
  CHECK(run_troupe({"config", "--queue-limit", "99999999999999999999"}).code == 2);
  result =
    run_troupe({"config", "--config", write_text(folder / "b.toml", "listen = \n")});
  CHECK(result.code == 2);
  CHECK(result.err.find("b.toml:1") != std::string::npos);
  CHECK(run_troupe({"config", "--config", folder / "absent.toml"}).code == 2);
  CHECK(run_troupe({"serve", "--data", folder / "d", "--log-level", "loud"}).code == 2);
}

TEST_CASE("settings: a password in the database's address is not shown") {
  const auto shown =
    run_troupe({"config", "--database", "postgresql://me:secret@host/db"});
  CHECK(shown.out.find("secret") == std::string::npos);
  CHECK(shown.out.find("host/db") != std::string::npos);
}

TEST_CASE("troupe: says what it can do, and its version") {
  CHECK(run_troupe({"--version"}).out.starts_with("troupe "));
  const auto help = run_troupe({"--help"});
  CHECK(help.code == 0);
  for (const auto* verb : {"serve", "import", "inspect", "user", "config"})
    CHECK(help.out.find(verb) != std::string::npos);
  CHECK(run_troupe({}).code == 2);
  CHECK(run_troupe({"dance"}).code == 2);
}

TEST_CASE("troupe user: adds accounts while the server runs") {
  auto& server = shared_server();
  auto ada = server.add_user("user.ada");
  CHECK(ada.read("/api/v1/session").at("account").at("admin") == false);
  const auto add = [&](const std::string& login) {
    return run_troupe({"user", "add", login, "--data", server.data(), "--password-file",
                       server / "password"});
  };
  const auto twice = add("user.ada");
  CHECK(twice.code == 1);
  CHECK(twice.err.find("there is an account user.ada already") != std::string::npos);
  CHECK(add("no spaces").code == 2);
  CHECK(add("").code == 2);
}

TEST_CASE("troupe user passwd: closes the sessions, also of a running server") {
  auto& server = shared_server();
  auto bert = server.add_user("user.bert");
  CHECK(bert.get("/api/v1/session").status == 200);
  const auto fresh = write_text(server / "fresh", "another good phrase");
  const auto result = run_troupe(
    {"user", "passwd", "user.bert", "--data", server.data(), "--password-file", fresh});
  CHECK(result.code == 0);
  CHECK(comes_true([&] { return bert.get("/api/v1/session").status == 401; }));
  const auto with = [&](const char* password) {
    const json who{{"login", "user.bert"}, {"password", password}};
    return server.nobody().post("/api/v1/session", who).status;
  };
  CHECK(with(running_server::password) == 401);
  CHECK(with("another good phrase") == 200);
  CHECK(run_troupe({"user", "passwd", "user.nobody", "--data", server.data(),
                    "--password-file", fresh})
          .code
        == 1);
}

TEST_CASE("troupe user passwd: works with the server stopped") {
  auto& server = shared_server();
  REQUIRE(server.stop() == 0);
  const auto fresh = write_text(server / "fresh2", "a third phrase");
  const auto result = run_troupe(
    {"user", "passwd", "root", "--data", server.data(), "--password-file", fresh});
  CHECK(result.code == 0);
  CHECK(server.postgres() == 0);
  server.start();
  CHECK(server.signed_in("root", "a third phrase")
          .read("/api/v1/session")
          .at("account")
          .at("login")
        == "root");
}

TEST_CASE("group: made, joined and changed beside a running server") {
  auto& server = shared_server();
  auto ada = server.add_user("command.ada");
  auto run = [&](words arguments) {
    arguments.insert(arguments.begin(), "group");
    arguments.insert(arguments.end(), {"--data", server.data().string()});
    return run_troupe(arguments);
  };
  CHECK(run({"add", "wet lab", "--level", "read-annotate"}).code == 0);
  CHECK(run({"add", "wet lab"}).code == 1);
  CHECK(run({"join", "wet lab", "command.ada", "--leader"}).code == 0);
  CHECK(run({"join", "wet lab", "nobody.here"}).err.find("nobody.here")
        != std::string::npos);
  CHECK(run({"list"}).out.find("wet lab") != std::string::npos);
  CHECK(comes_true([&] {
    const auto groups = ada.read("/api/v1/groups").at("items");
    return std::any_of(groups.begin(), groups.end(), [](auto& g) {
      return g.at("name") == "wet lab" && g.at("leader") == true;
    });
  }));
  const auto preview = run({"level", "wet lab", "private", "--preview"});
  CHECK(preview.code == 0);
  CHECK(preview.out.find("would be private") != std::string::npos);
  CHECK(run({"level", "wet lab", "friendly"}).code == 2);
  CHECK(run({"leave", "wet lab", "command.ada"}).code == 0);
}

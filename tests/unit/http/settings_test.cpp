#include "http/settings.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace troupe;
using namespace troupe::http;

namespace {

/// A settings file that is gone when the test ends.
struct settings_file {
  explicit settings_file(const std::string& text) { std::ofstream{path} << text; }
  ~settings_file() { std::filesystem::remove(path); }
  std::string path = "/tmp/troupe-settings-" + std::to_string(::getpid()) + ".toml";
};

std::string refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const failure& e) {
    CHECK(e.code == errc::bad_request);
    return e.what();
  }
  return "";
}

} // namespace

TEST_CASE("settings: default < file < environment < flag") {
  settings_file file{"listen = '1.1.1.1:1'\nimport_workers = 3\nqueue_limit = 7\n"};
  auto got = load_settings(
    file.path, {{"TROUPE_LISTEN", "2.2.2.2:2"}, {"TROUPE_IMPORT_WORKERS", "4"}},
    {{"listen", "3.3.3.3:3"}});
  CHECK(got.values.listen == "3.3.3.3:3");
  CHECK(got.source["listen"] == "command line");
  CHECK(got.values.import_workers == 4);
  CHECK(got.source["import_workers"] == "TROUPE_IMPORT_WORKERS");
  CHECK(got.values.queue_limit == 7);
  CHECK(got.source["queue_limit"] == file.path);
  CHECK(got.source["log_level"] == "default");
}

TEST_CASE("settings: an unknown key names the one that was meant") {
  settings_file file{"import_worker = 3\n"};
  CHECK(refusal([&] {
          load_settings(file.path, {}, {});
        }).find("did you mean import_workers?")
        != std::string::npos);
  CHECK(refusal([] {
          load_settings("", {{"TROUPE_LISTN", "x"}}, {});
        }).find("did you mean TROUPE_LISTEN?")
        != std::string::npos);
}

TEST_CASE("settings: reserved variables are no settings") {
  CHECK_NOTHROW(load_settings(
    "", {{"TROUPE_ROOT_PASSWORD", "secret"}, {"TROUPE_TEST_DATA", "/x"}}, {}));
}

TEST_CASE("settings: a value that does not fit names itself and its limits") {
  CHECK(refusal([] {
          load_settings("", {}, {{"import_workers", "many"}});
        })
        == "import_workers is \"many\", it must be a whole number from 1 to 64");
  CHECK(refusal([] { load_settings("", {}, {{"import_workers", "65"}}); }) != "");
  CHECK(refusal([] {
          load_settings("", {}, {{"public_url", "https://a.example/prefix"}});
        })
        != "");
}

TEST_CASE("settings: lists come from arrays and from commas") {
  settings_file file{"in_place_roots = ['/a', '/b c']\n"};
  CHECK(load_settings(file.path, {}, {}).values.in_place_roots
        == std::vector<std::filesystem::path>{"/a", "/b c"});
  CHECK(load_settings("", {{"TROUPE_IN_PLACE_ROOTS", "/a,/d"}}, {})
          .values.in_place_roots.size()
        == 2);
}

TEST_CASE("settings: origins are schemes and hosts") {
  const auto origins = [](const std::string& text) {
    return load_settings("", {}, {{"cors_origins", text}}).values.cors_origins;
  };
  CHECK(origins("https://a.example,http://localhost:3000,*").size() == 3);
  for (auto* wrong : {"a.example", "https://a.example/", "https://", "ftp://a.example",
                      "https://*.example org"})
    CHECK_MESSAGE(refusal([&] { origins(wrong); }).find(wrong) != std::string::npos,
                  wrong);
}

TEST_CASE("settings: a broken file names the line") {
  settings_file file{"listen = '1'\nwhat is this\n"};
  CHECK(refusal([&] { load_settings(file.path, {}, {}); }).find(":2:")
        != std::string::npos);
}

TEST_CASE("settings: a database's password is shown to nobody") {
  const auto shown = [](const std::string& address) {
    const auto loaded = load_settings("", {}, {{"database", address}});
    for (auto& s : shown_settings(loaded))
      if (s.key == "database")
        return s.value;
    return std::string{};
  };
  CHECK(shown("postgresql://ada:hunter2@host/x") == "postgresql://ada:***@host/x");
  CHECK(shown("postgresql://ada@host/x") == "postgresql://ada@host/x");
  for (auto address : {"postgresql:///x?host=/y&password=hunter2&user=ada",
                       "host=y password=hunter2 user=ada",
                       "host=y password = 'hun\\'ter2 hunter2' user=ada"}) {
    CAPTURE(address);
    CHECK(shown(address).find("ter2") == std::string::npos);
    CHECK(shown(address).find("ada") != std::string::npos);
  }
}

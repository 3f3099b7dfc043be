// What administrators read about the server: storage and settings.

#include "tests/support/running_server.hpp"
#include "tests/support/sent_files.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <numeric>

using namespace troupe::test;

namespace {

const json& named(const json& parts, const std::string& name) {
  for (auto& part : parts)
    if (part.at("name") == name)
      return part;
  throw std::runtime_error{"nothing of " + name};
}

int64_t sum_of(const json& parts) {
  return std::accumulate(parts.begin(), parts.end(), int64_t{0},
                         [](int64_t sum, auto& part) {
                           return sum + part.at("bytes").template get<int64_t>();
                         });
}

json storage_of(running_server& server) {
  return server.root().read("/api/v1/admin/storage");
}

} // namespace

TEST_CASE("admin: storage is told by group, owner and format") {
  running_server server;
  const auto empty = storage_of(server);
  CHECK(empty.at("bytes") == 0);
  CHECK(empty.at("groups") == json::array());

  auto ada = server.add_user("storage.ada");
  auto bert = server.add_user("storage.bert");
  const auto stack_file = stack{}.bytes();
  const auto picture = picture_specimen{}.png();
  import_files(ada, {{"stack.ome.tif", stack_file}});
  import_files(bert, {{"picture.png", picture}});
  const auto all = storage_of(server);
  const auto whole = static_cast<int64_t>(stack_file.size() + picture.size());
  CHECK(all.at("files") == 2);
  CHECK(all.at("bytes") == whole);
  CHECK(all.at("inPlace") == 0);
  for (auto by : {"groups", "owners", "formats"})
    CHECK(sum_of(all.at(by)) == whole);
  CHECK(named(all.at("owners"), "storage.ada").at("bytes") == stack_file.size());
  CHECK(named(all.at("owners"), "storage.bert").at("files") == 1);
  CHECK(all.at("formats").size() == 2);
  CHECK(all.at("disk").at("bytes") > all.at("disk").at("free"));

  const auto image = ada.read("/api/v1/images").at("items").at(0).at("id");
  CHECK(ada.post("/api/v1/deletions", {{"type", "image"}, {"ids", {image}}}).status
        == 200);
  const auto later = storage_of(server);
  CHECK(later.at("bytes") == picture.size());
  CHECK(later.at("trash") == stack_file.size());
}

TEST_CASE("admin: settings tell what set them, and keep passwords to themselves") {
  running_server server{{.arguments = {"--trash-days", "7"},
                         .environment = {{"TROUPE_SESSION_LIFE_DAYS", "3"}}}};
  const auto items = server.root().read("/api/v1/admin/settings").at("items");
  const auto of = [&](const std::string& key) {
    for (auto& one : items)
      if (one.at("key") == key)
        return one;
    throw std::runtime_error{"no setting " + key};
  };
  CHECK(of("trash_days").at("value") == "7");
  CHECK(of("trash_days").at("source") == "command line");
  CHECK(of("session_life_days").at("value") == "3");
  CHECK(of("session_life_days").at("source") == "TROUPE_SESSION_LIFE_DAYS");
  CHECK(of("password_length").at("source") == "default");
  CHECK_FALSE(of("password_length").at("help").get<std::string>().empty());
}

TEST_CASE("admin: storage and settings are for administrators") {
  auto& server = shared_server();
  auto ada = server.add_user("admin.ada");
  for (auto path : {"/api/v1/admin/storage", "/api/v1/admin/settings"}) {
    CAPTURE(path);
    CHECK(ada.get(path).status == 403);
    CHECK(server.nobody().get(path).status == 401);
    CHECK(server.root().get(path).status == 200);
  }
}

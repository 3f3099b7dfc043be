// Deleting, the trash and the history, over the web.

#include "tests/support/running_server.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

int64_t made(api& who, const std::string& what, const std::string& name) {
  return who.make("/api/v1/" + what, {{"name", name}}).at("id");
}

std::string trash(const json& deletion, const std::string& rest = "") {
  return fmt::format("/api/v1/trash/{}{}", deletion.at("trash").get<int64_t>(), rest);
}

} // namespace

TEST_CASE("deletion: previewed, done, listed and taken back") {
  auto& server = shared_server();
  auto ada = server.add_user("deletion.ada");
  auto bert = server.add_user("deletion.bert");
  const auto project = made(ada, "projects", "to go");
  const auto path = fmt::format("/api/v1/projects/{}", project);
  const json body{{"type", "project"}, {"ids", {project}}, {"contents", true}};
  auto preview = body;
  preview["preview"] = true;
  const auto told = ada.post("/api/v1/deletions", preview);
  REQUIRE(told.status == 200);
  CHECK(told.document().at("counts") == json{{"project", 1}});
  CHECK(told.document().at("trash").is_null());
  CHECK(ada.get(path).status == 200);
  CHECK(bert.post("/api/v1/deletions", body).status == 404);
  CHECK(server.nobody().post("/api/v1/deletions", body).status == 401);

  const auto done = ada.post("/api/v1/deletions", body);
  REQUIRE(done.status == 200);
  CHECK(ada.get(path).status == 404);
  const auto item = ada.read("/api/v1/trash").at("items").at(0);
  CHECK(item.at("title") == "project \"to go\"");
  CHECK(item.at("mayPurge") == true);
  CHECK(bert.read("/api/v1/trash").at("total") == 0);
  CHECK(bert.post(trash(done.document(), "/restore")).status == 404);
  CHECK(bert.remove(trash(done.document())).status == 404);
  CHECK(ada.post(trash(done.document(), "/restore")).status == 200);
  CHECK(ada.get(path).status == 200);
  CHECK(ada.post(trash(done.document(), "/restore")).status == 404);
}

TEST_CASE("deletion: purged it does not come back") {
  auto& server = shared_server();
  auto cleo = server.add_user("deletion.cleo");
  const auto dataset = made(cleo, "datasets", "gone");
  const auto done =
    cleo.post("/api/v1/deletions", {{"type", "dataset"}, {"ids", {dataset}}}).document();
  CHECK(cleo.remove(trash(done)).status == 204);
  CHECK(cleo.post(trash(done, "/restore")).status == 404);
}

TEST_CASE("deletion: what makes no sense is refused with a reason") {
  auto& server = shared_server();
  auto dora = server.add_user("deletion.dora");
  for (auto& bad :
       {json{{"type", "planet"}, {"ids", {1}}}, json{{"type", "image"}},
        json{{"type", "image"}, {"ids", json::array()}},
        json{{"type", "well"}, {"ids", {1}}}, json{{"type", "image"}, {"ids", {"x"}}},
        json{{"type", "image"}, {"ids", {1}}, {"keep", {"nothing"}}},
        json{{"type", "image"}, {"ids", {1}}, {"preview", "yes"}}})
    CHECK(dora.post("/api/v1/deletions", bad).status == 400);
}

TEST_CASE("deletion: its history is read and never changed") {
  auto& server = shared_server();
  auto eve = server.add_user("deletion.eve");
  const auto path = fmt::format("/api/v1/projects/{}", made(eve, "projects", "told"));
  const auto items = eve.read(path + "/history").at("items");
  REQUIRE(items.size() == 1);
  CHECK(items[0].at("action") == "create");
  CHECK(items[0].at("account").at("login") == "deletion.eve");
  CHECK(eve.get("/api/v1/audit").status == 403);
  CHECK(server.root().read("/api/v1/audit?action=create&limit=1").at("items").size()
        == 1);
  CHECK(server.root().get("/api/v1/audit?from=x").status == 400);
  const auto csv = server.root().get("/api/v1/audit?format=csv&action=create");
  CHECK(csv.status == 200);
  CHECK(csv.header("Content-Type").starts_with("text/csv"));
  for (auto status : {server.root().remove("/api/v1/audit").status,
                      server.root().put("/api/v1/audit", json::object()).status,
                      server.root().change("/api/v1/audit", json::object()).status})
    CHECK(status == 405);
}

TEST_CASE("deletion: moves and gifts are refused with a reason") {
  auto& server = shared_server();
  auto finn = server.add_user("deletion.finn");
  const auto project = made(finn, "projects", "stays");
  const json what{{"type", "project"}, {"ids", {project}}};
  auto to_nowhere = what;
  to_nowhere["group"] = 999999;
  CHECK(finn.post("/api/v1/moves", what).status == 400);
  CHECK(finn.post("/api/v1/moves", to_nowhere).status == 404);
  auto to_nobody = what;
  to_nobody["account"] = 999999;
  CHECK(finn.post("/api/v1/gifts", what).status == 400);
  CHECK(finn.post("/api/v1/gifts", to_nobody).status == 404);
}

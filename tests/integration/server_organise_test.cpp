// Containers over the web.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

struct shelf {
  api who;
  int64_t project = who.make("/api/v1/projects", {{"name", "p"}}).at("id");
  int64_t dataset =
    who.make("/api/v1/datasets", {{"name", "d"}, {"project", project}}).at("id");
  int64_t other = who.make("/api/v1/datasets", {{"name", "e"}}).at("id");
  int64_t image =
    import_image(who, "cell.ome.tif", stack{}.bytes(), {.dataset = dataset});

  explicit shelf(const std::string& login) : who{shared_server().add_user(login)} {}
};

} // namespace

TEST_CASE("organise: one object is renamed at its own address") {
  shelf s{"org.ada"};
  const auto path = fmt::format("/api/v1/datasets/{}", s.dataset);
  CHECK(s.who.change(path, {{"name", "Tuesday"}, {"version", 1}}).status == 204);
  CHECK(s.who.read(path).at("name") == "Tuesday");
  CHECK(s.who.change(path, {{"name", "Friday"}, {"version", 1}}).status == 409);
  const int64_t wraps_to_2 = (int64_t{1} << 32) + 2;
  CHECK(s.who.change(path, {{"name", "Friday"}, {"version", wraps_to_2}}).status == 400);
  CHECK(s.who.change(path, {{"name", ""}}).status == 400);
  CHECK(s.who.change(path, json::object()).status == 400);
  CHECK(s.who.change("/api/v1/datasets/999999", {{"name", "x"}}).status == 404);
  auto stranger = shared_server().add_user("org.stranger");
  CHECK(stranger.change(path, {{"name", "mine"}}).status == 404);
  CHECK(shared_server().nobody().change(path, {{"name", "mine"}}).status == 401);
}

TEST_CASE("organise: many in one request, with what became of each") {
  shelf s{"org.bert"};
  const auto renamed = s.who.post(
    "/api/v1/changes",
    {{"type", "dataset"}, {"ids", {s.dataset, s.other, 999999}}, {"name", "x"}});
  REQUIRE(renamed.status == 200);
  CHECK(renamed.document().at("done").size() == 2);
  CHECK(renamed.document().at("refused").at(0).at("error") == "not-found");
  const auto moved =
    s.who.post("/api/v1/links", {{"parent", {{"type", "dataset"}, {"id", s.other}}},
                                 {"from", s.dataset},
                                 {"type", "image"},
                                 {"ids", {s.image}}});
  REQUIRE(moved.status == 200);
  CHECK(s.who.read(fmt::format("/api/v1/datasets/{}/images", s.other)).at("total") == 1);
  CHECK(s.who.read(fmt::format("/api/v1/datasets/{}/images", s.dataset)).at("total")
        == 0);
  CHECK(s.who.read(fmt::format("/api/v1/images/{}/places", s.image)).at("places").size()
        == 1);
  CHECK(s.who
          .post("/api/v1/unlinks", {{"parent", {{"type", "dataset"}, {"id", s.other}}},
                                    {"type", "image"},
                                    {"ids", {s.image}}})
          .status
        == 200);
  CHECK(s.who.read("/api/v1/images?orphaned=true").at("total") == 1);
  for (auto& bad : {json::object(), json{{"parent", 7}, {"type", "image"}, {"ids", {1}}},
                    json{{"parent", {{"type", "dataset"}, {"id", s.other}}},
                         {"type", "image"},
                         {"ids", "all"}},
                    json{{"parent", {{"type", "shelf"}, {"id", s.other}}},
                         {"type", "image"},
                         {"ids", {1}}}})
    CHECK(s.who.post("/api/v1/links", bad).status == 400);
}

TEST_CASE("organise: folders and screens") {
  shelf s{"org.cleo"};
  const auto folder = s.who.make("/api/v1/folders", {{"name", "top"}});
  const auto path = fmt::format("/api/v1/folders/{}", folder.at("id").get<int64_t>());
  CHECK(folder.at("rights").size() == 5); // all but give
  s.who.make("/api/v1/folders", {{"name", "inner"}, {"parent", folder.at("id")}});
  CHECK(s.who.read("/api/v1/folders").at("total") == 1);
  CHECK(s.who.read(path + "/folders").at("items").at(0).at("name") == "inner");
  const auto screen = s.who.make("/api/v1/screens", {{"name", "siRNA"}});
  CHECK(s.who.read(fmt::format("/api/v1/screens/{}", screen.at("id").get<int64_t>()))
          .at("name")
        == "siRNA");
}

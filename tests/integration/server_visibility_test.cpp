// What belongs to one person does not exist for another.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// Everything Ada has, made once.
struct belongings {
  api ada = shared_server().add_user("vis.ada");
  api bert = shared_server().add_user("vis.bert");
  int64_t project = ada.make("/api/v1/projects", {{"name", "secret p"}}).at("id");
  int64_t dataset =
    ada.make("/api/v1/datasets", {{"name", "secret d"}, {"project", project}}).at("id");
  int64_t image =
    import_image(ada, "secret.ome.tif", stack{}.bytes(), {.dataset = dataset});
  int64_t open_import = upload(ada, "half.tif", "1234");

  static belongings& all() {
    static belongings one;
    return one;
  }
};

/// By-id addresses; {} is the id.
const std::vector<std::pair<std::string, int64_t>>& addresses() {
  auto& b = belongings::all();
  static const std::vector<std::pair<std::string, int64_t>> all{
    {"/api/v1/projects/{}", b.project},
    {"/api/v1/projects/{}/datasets", b.project},
    {"/api/v1/datasets/{}", b.dataset},
    {"/api/v1/datasets/{}/images", b.dataset},
    {"/api/v1/images/{}", b.image},
    {"/api/v1/images/{}/pixels?z=0&c=0&t=0", b.image},
    {"/api/v1/images/{}/plane?z=0&t=0", b.image},
    {"/api/v1/images/{}/tile?level=0&x=0&y=0&z=0&t=0", b.image},
    {"/api/v1/images/{}/thumbnail", b.image},
    {"/api/v1/imports/{}", b.open_import},
  };
  return all;
}

constexpr int64_t absent = 987654321;

/// A refusal without what names the object and the request.
json anonymous(const answer& a, int64_t id) {
  auto body = a.document();
  body.erase("request");
  auto detail = body.at("detail").get<std::string>();
  const auto name = std::to_string(id);
  if (const auto at = detail.find(name); at != detail.npos)
    detail.replace(at, name.size(), "X");
  body["detail"] = detail;
  return body;
}

void check_like_absent(const answer& hidden, int64_t id, const answer& missing) {
  CHECK(hidden.status == 404);
  CHECK(missing.status == 404);
  CHECK(anonymous(hidden, id) == anonymous(missing, absent));
}

} // namespace

TEST_CASE("visibility: another's things are as absent as what never was") {
  auto& b = belongings::all();
  for (auto& [pattern, id] : addresses()) {
    CAPTURE(pattern);
    check_like_absent(b.bert.get(fmt::format(fmt::runtime(pattern), id)), id,
                      b.bert.get(fmt::format(fmt::runtime(pattern), absent)));
  }
}

TEST_CASE("visibility: the owner and an administrator see them") {
  auto& b = belongings::all();
  for (auto& [pattern, id] : addresses()) {
    CAPTURE(pattern);
    const auto path = fmt::format(fmt::runtime(pattern), id);
    CHECK(b.ada.get(path).status == 200);
    CHECK(shared_server().root().get(path).status == 200);
  }
}

TEST_CASE("visibility: lists hold one's own things only") {
  auto& b = belongings::all();
  for (const auto* list :
       {"/api/v1/projects", "/api/v1/datasets", "/api/v1/datasets?orphaned=1",
        "/api/v1/images", "/api/v1/images?orphaned=1", "/api/v1/imports"}) {
    CAPTURE(list);
    const auto seen = b.bert.read(list);
    CHECK(seen.at("items").empty());
    CHECK(seen.at("total") == 0);
  }
  CHECK(b.ada.read("/api/v1/images").at("total") == 1);
  CHECK(b.ada.read("/api/v1/imports").at("total") == 2);
}

TEST_CASE("visibility: another's import can be neither fed nor ended") {
  auto& b = belongings::all();
  const auto file = fmt::format("/api/v1/imports/{}/files/0", b.open_import);
  CHECK(b.bert.head(file).status == 404);
  CHECK(b.bert.patch(file, "", 4).status == 404);
  CHECK(b.bert.post(fmt::format("/api/v1/imports/{}/commit", b.open_import)).status
        == 404);
  const auto path = fmt::format("/api/v1/imports/{}", b.open_import);
  check_like_absent(b.bert.remove(path), b.open_import,
                    b.bert.remove(fmt::format("/api/v1/imports/{}", absent)));
  CHECK(b.ada.read(path).at("state") == "uploading");
}

TEST_CASE("visibility: nothing can be put into another's containers") {
  auto& b = belongings::all();
  const auto into_project =
    b.bert.post("/api/v1/datasets", {{"name", "d"}, {"project", b.project}});
  check_like_absent(
    into_project, b.project,
    b.bert.post("/api/v1/datasets", {{"name", "d"}, {"project", absent}}));
  const auto begin = [&](int64_t dataset) {
    return b.bert.post("/api/v1/imports", {{"files", {{{"path", "a.tif"}, {"bytes", 1}}}},
                                           {"dataset", dataset}});
  };
  check_like_absent(begin(b.dataset), b.dataset, begin(absent));
  CHECK(b.ada.read(fmt::format("/api/v1/projects/{}", b.project)).at("datasets") == 1);
}

TEST_CASE("visibility: a name of another's dataset makes one's own") {
  auto& b = belongings::all();
  const auto image = import_image(b.bert, "mine.png", picture_specimen{}.png(),
                                  {.project = "secret p", .dataset = "secret d"});
  CHECK(b.bert.read("/api/v1/datasets").at("total") == 1);
  CHECK(b.ada.read(fmt::format("/api/v1/datasets/{}", b.dataset)).at("images") == 1);
  CHECK(b.ada.get(fmt::format("/api/v1/images/{}", image)).status == 404);
}

TEST_CASE("visibility: what someone was shown is no permission for the next") {
  auto& b = belongings::all();
  const auto tile =
    fmt::format("/api/v1/images/{}/tile?level=0&x=0&y=0&z=0&t=0", b.image);
  const auto seen = b.ada.get(tile);
  REQUIRE(seen.status == 200);
  CHECK(b.bert.get(tile, {{"If-None-Match", seen.header("ETag")}}).status == 404);
  CHECK(shared_server().nobody().get(tile).status == 401);
}

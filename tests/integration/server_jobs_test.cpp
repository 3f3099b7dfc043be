// Selections, long work and many thumbnails over the web.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// Three datasets in a project, and how many of them have the description.
struct cupboard {
  api who;
  int64_t project = who.make("/api/v1/projects", {{"name", "p"}}).at("id");
  std::vector<int64_t> datasets;

  explicit cupboard(const std::string& login) : who{shared_server().add_user(login)} {
    for (int i = 0; i < 3; ++i)
      datasets.push_back(
        who
          .make("/api/v1/datasets",
                {{"name", fmt::format("drawer {}", i)}, {"project", project}})
          .at("id"));
  }
  std::string in_project() const { return fmt::format("project:{}", project); }
  std::string reference(size_t i) const { return fmt::format("dataset:{}", datasets[i]); }
  json changes(json selection) const {
    return {
      {"type", "dataset"}, {"selection", std::move(selection)}, {"description", "tidy"}};
  }
  int tidy() {
    int count = 0;
    const auto list = who.read("/api/v1/datasets");
    for (auto& d : list.at("items"))
      count += d.at("description") == "tidy";
    return count;
  }
};

std::string job_path(const answer& begun) {
  REQUIRE(begun.status == 202);
  const auto path = begun.header("Location");
  CHECK(path == fmt::format("/api/v1/jobs/{}", begun.document().at("id").get<int64_t>()));
  return path;
}

json wait_for_job(api& who, const std::string& path) {
  json now;
  REQUIRE(comes_true([&] {
    now = who.read(path);
    return !now.at("ended").is_null();
  }));
  return now;
}

} // namespace

TEST_CASE("jobs: all of a search minus one, in one request") {
  cupboard c{"jobs.ada"};
  const auto done =
    c.who.post("/api/v1/changes", c.changes({{"query", "drawer"},
                                             {"within", c.in_project()},
                                             {"minus", {c.reference(1)}}}));
  REQUIRE(done.status == 200);
  CHECK(done.document().at("done") == json{c.datasets[0], c.datasets[2]});
  CHECK(c.tidy() == 2);
  auto stranger = shared_server().add_user("jobs.stranger");
  CHECK(stranger.post("/api/v1/changes", c.changes({{"within", c.in_project()}})).status
        == 404);
  const auto named =
    stranger.post("/api/v1/changes", c.changes({{"plus", {c.reference(0)}}}));
  REQUIRE(named.status == 200);
  CHECK(named.document().at("refused").at(0).at("error") == "not-found");
  auto with_ids = c.changes({{"query", "drawer"}});
  with_ids["ids"] = {c.datasets[0]};
  CHECK(c.who.post("/api/v1/changes", with_ids).status == 400);
  for (auto& bad :
       {json{{"query", ""}}, json{{"query", 7}},
        json{{"query", "drawer"}, {"minuss", {"dataset:1"}}},
        json{{"query", "drawer"}, {"minus", {"image:1"}}},
        json{{"query", "drawer"}, {"minus", {1}}}, json{{"within", "dataset"}},
        json{{"within", "planet:1"}}, json{{"plus", {"dataset:x"}}}, json::array(),
        json("drawer"), json(nullptr), json{{"query", "no such words"}}})
    CHECK(c.who.post("/api/v1/changes", c.changes(bad)).status == 400);
}

TEST_CASE("jobs: begun, watched, and told object by object") {
  cupboard c{"jobs.bert"};
  const auto path = job_path(c.who.post("/api/v1/changes?background=true",
                                        {{"type", "dataset"},
                                         {"ids", {c.datasets[0], c.datasets[1], 999999}},
                                         {"description", "tidy"}}));
  const auto ended = wait_for_job(c.who, path);
  CHECK(ended.at("state") == "done");
  CHECK(ended.at("handled") == 3);
  CHECK(ended.at("refused") == 1);
  CHECK(c.tidy() == 2);
  CHECK(c.who.read(path + "/results").at("total") == 3);
  const auto refused = c.who.read(path + "/results?refused=true").at("items");
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].at("id") == 999999);
  CHECK(c.who.read("/api/v1/jobs").at("total") == 1);
  CHECK(c.who.read("/api/v1/jobs?open=true").at("total") == 0);
  CHECK(c.who.get("/api/v1/jobs?all=true").status == 403);
  CHECK(c.who.remove(path).status == 409);
  auto stranger = shared_server().add_user("jobs.curious");
  CHECK(stranger.get(path).status == 404);
  CHECK(stranger.get(path + "/results").status == 404);
  CHECK(stranger.remove(path).status == 404);
  CHECK(shared_server().root().get(path).status == 200);
  CHECK(shared_server().root().read("/api/v1/jobs?all=true").at("total") >= 1);
}

TEST_CASE("jobs: a deletion in the background tells what went, and sessions know") {
  cupboard c{"jobs.cleo"};
  const json body{{"type", "project"}, {"ids", {c.project}}, {"contents", true}};
  auto preview = body;
  preview["preview"] = true;
  CHECK(c.who.post("/api/v1/deletions?background=true", preview).status == 400);
  const auto ended =
    wait_for_job(c.who, job_path(c.who.post("/api/v1/deletions?background=true", body)));
  CHECK(ended.at("state") == "done");
  CHECK(ended.at("answer").at("counts") == json{{"project", 1}, {"dataset", 3}});
  CHECK(c.who.get(fmt::format("/api/v1/projects/{}", c.project)).status == 404);
  const auto trash = ended.at("answer").at("trash").get<int64_t>();
  CHECK(c.who.post(fmt::format("/api/v1/trash/{}/restore", trash)).status == 200);
  const auto nowhere = wait_for_job(
    c.who,
    job_path(c.who.post("/api/v1/moves?background=true",
                        {{"type", "project"}, {"ids", {c.project}}, {"group", 999999}})));
  CHECK(nowhere.at("state") == "failed");
  CHECK(nowhere.at("error") == "not-found");
}

TEST_CASE("jobs: the room that does them may die") {
  cupboard c{"jobs.dora"};
  shared_server().restart_room("jobs");
  answer begun;
  REQUIRE(comes_true([&] {
    begun =
      c.who.post("/api/v1/changes?background=true", c.changes({{"query", "drawer"}}));
    return begun.status == 202;
  }));
  const auto path = job_path(begun);
  CHECK(wait_for_job(c.who, path).at("state") == "done");
  CHECK(c.tidy() == 3);
}

TEST_CASE("thumbnails: many in one answer, and what cannot be shown is named") {
  auto ada = shared_server().add_user("thumbs.ada");
  const auto first = import_image(ada, "a.ome.tif", stack{}.bytes()),
             second = import_image(ada, "b.ome.tif", stack{}.bytes());
  const auto path = fmt::format("/api/v1/thumbnails?images={},999999,{},{}&size=32",
                                first, second, first);
  const auto got = ada.read(path);
  REQUIRE(got.at("thumbnails").size() == 2);
  CHECK(got.at("thumbnails")[0].at("id") == first);
  CHECK(got.at("thumbnails")[1].at("id") == second);
  const std::string uri = got.at("thumbnails")[0].at("image");
  CHECK(uri.starts_with("data:image/jpeg;base64,/9j/"));
  REQUIRE(got.at("refused").size() == 1);
  CHECK(got.at("refused")[0]
        == json{{"id", 999999}, {"error", "not-found"}, {"reason", "image 999999"}});
  auto stranger = shared_server().add_user("thumbs.stranger");
  CHECK(stranger.read(path).at("thumbnails").empty());
  CHECK(stranger.read(path).at("refused").size() == 3);
  CHECK(shared_server().nobody().get(path).status == 401);
  std::string many = "1";
  for (int i = 2; i <= 201; ++i)
    many += fmt::format(",{}", i);
  CHECK(ada.get("/api/v1/thumbnails?images=" + many).status == 413);
  for (auto bad : {"", "?images=", "?images=x", "?images=1,,2", "?images=1.5"})
    CHECK(ada.get(std::string{"/api/v1/thumbnails"} + bad).status == 400);
}

TEST_CASE("thumbnails: each as the asker has set it") {
  auto bert = shared_server().add_user("thumbs.bert");
  const auto image = import_image(bert, "c.ome.tif", stack{}.bytes());
  const auto path = fmt::format("/api/v1/thumbnails?images={}", image);
  const auto settings = fmt::format("/api/v1/images/{}/settings", image);
  const auto before = bert.read(path).at("thumbnails")[0].at("image");
  auto mine = bert.read(settings);
  for (auto& c : mine.at("channels"))
    c["window"] = {{"start", 0}, {"end", 1}};
  REQUIRE(bert.put(settings, mine).status == 200);
  CHECK(bert.read(path).at("thumbnails")[0].at("image") != before);
}

// Projects and datasets over HTTP.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

using namespace troupe::test;

namespace {

int64_t new_project(api& who, const std::string& name) {
  return who.make("/api/v1/projects", {{"name", name}}).at("id");
}

int64_t new_dataset(api& who, const std::string& name, const json& project = nullptr) {
  return who.make("/api/v1/datasets", {{"name", name}, {"project", project}}).at("id");
}

/// Names of all items, slice by slice.
std::vector<std::string> all_names(api& who, const std::string& path, int limit) {
  std::vector<std::string> names;
  std::string after;
  do {
    const auto slice = who.read(fmt::format(
      "{}limit={}{}", path, limit, after.empty() ? "" : "&after=" + escaped(after)));
    CHECK(slice.at("items").size() <= static_cast<size_t>(limit));
    for (auto& item : slice.at("items"))
      names.push_back(item.at("name"));
    after = slice.at("next").is_null() ? "" : slice.at("next").get<std::string>();
  } while (!after.empty() && names.size() < 1000);
  return names;
}

} // namespace

TEST_CASE("containers: a new project is as it was told, and its owner's") {
  auto ada = shared_server().add_user("cont.ada");
  const auto made =
    ada.post("/api/v1/projects", {{"name", "Mitosis α"}, {"description", "2024\nrun"}});
  REQUIRE(made.status == 201);
  const auto project = made.document();
  CHECK(made.header("Location")
        == fmt::format("/api/v1/projects/{}", project.at("id").get<int64_t>()));
  CHECK(project.at("name") == "Mitosis α");
  CHECK(project.at("description") == "2024\nrun");
  CHECK(project.at("owner").at("login") == "cont.ada");
  CHECK(project.at("datasets") == 0);
  CHECK(project.at("created").get<std::string>().ends_with("Z"));
  CHECK(ada.read(made.header("Location")) == project);
}

TEST_CASE("containers: counts and parents follow what is put in") {
  auto ada = shared_server().add_user("cont.count");
  const auto project = new_project(ada, "p");
  const auto dataset = new_dataset(ada, "d", project), loose = new_dataset(ada, "loose");
  import_image(ada, "a.png", picture_specimen{}.png(), {.dataset = dataset});
  import_image(ada, "b.png", picture_specimen{}.png(), {.dataset = dataset});
  CHECK(ada.read(fmt::format("/api/v1/projects/{}", project)).at("datasets") == 1);
  const auto details = ada.read(fmt::format("/api/v1/datasets/{}", dataset));
  CHECK(details.at("images") == 2);
  REQUIRE(details.at("projects").size() == 1);
  CHECK(details.at("projects")[0].at("id") == project);
  const auto inside = ada.read(fmt::format("/api/v1/projects/{}/datasets", project));
  CHECK(inside.at("total") == 1);
  CHECK(inside.at("items")[0].at("images") == 2);
  const auto orphans = ada.read("/api/v1/datasets?orphaned=true");
  CHECK(orphans.at("total") == 1);
  CHECK(orphans.at("items")[0].at("id") == loose);
  CHECK(ada.read("/api/v1/datasets").at("total") == 2);
}

TEST_CASE("containers: slices together are the whole list, in a person's order") {
  auto ada = shared_server().add_user("cont.pages");
  std::vector<std::string> expected;
  for (int i = 1; i <= 23; ++i)
    expected.push_back(fmt::format("plate {}", i)); // 2 before 10
  for (int i = 23; i >= 1; --i)
    new_project(ada, expected[static_cast<size_t>(i - 1)]);
  for (int limit : {1, 5, 23, 100})
    CHECK(all_names(ada, "/api/v1/projects?", limit) == expected);
  CHECK(ada.read("/api/v1/projects?limit=5").at("total") == 23);
}

TEST_CASE("containers: images sort by name and by time, both ways") {
  auto ada = shared_server().add_user("cont.sort");
  const auto dataset = new_dataset(ada, "d");
  for (const auto* name : {"img10.png", "img2.png", "img1.png"})
    import_image(ada, name, picture_specimen{}.png(), {.dataset = dataset});
  const auto names = [&](const std::string& sort) {
    return all_names(ada, fmt::format("/api/v1/datasets/{}/images?{}", dataset, sort), 2);
  };
  using list = std::vector<std::string>;
  CHECK(names("") == list{"img1.png", "img2.png", "img10.png"});
  CHECK(names("sort=-name&") == list{"img10.png", "img2.png", "img1.png"});
  CHECK(names("sort=created&") == list{"img10.png", "img2.png", "img1.png"});
  CHECK(names("sort=-id&") == list{"img1.png", "img2.png", "img10.png"});
  CHECK(names("sort=acquired&").size() == 3);
}

TEST_CASE("containers: what makes no sense is refused and named") {
  auto ada = shared_server().add_user("cont.wrong");
  const auto refused = [&](const std::string& path, int status, const std::string& word) {
    CAPTURE(path);
    const auto a = ada.get(path);
    CHECK(a.status == status);
    CHECK(a.document().at("detail").get<std::string>().find(word) != std::string::npos);
  };
  refused("/api/v1/projects?limit=0", 400, "limit");
  refused("/api/v1/projects?limit=1001", 400, "limit");
  refused("/api/v1/projects?limit=many", 400, "limit");
  refused("/api/v1/projects?after=nonsense", 400, "after");
  refused("/api/v1/datasets?orphaned=perhaps", 400, "orphaned");
  refused("/api/v1/images?sort=colour", 400, "sort");
  refused("/api/v1/projects/abc", 400, "project");
  refused("/api/v1/projects/999999999", 404, "999999999");
  CHECK(ada.post("/api/v1/projects", {{"name", ""}}).status == 400);
  CHECK(ada.post("/api/v1/projects", {{"name", 5}}).status == 400);
  CHECK(ada.post("/api/v1/projects", {{"name", std::string(10000, 'n')}}).status == 400);
  CHECK(ada.post("/api/v1/datasets", {{"name", "d"}, {"project", 999999999}}).status
        == 404);
}

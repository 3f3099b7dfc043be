// Finding over HTTP.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

json search(api& who, const std::string& words, const std::string& more = "") {
  return who.read("/api/v1/search?q=" + escaped(words) + more);
}

} // namespace

TEST_CASE("search: an imported image is found by its name, its owner and nobody else") {
  auto& server = shared_server();
  auto ada = server.add_user("search.ada"), bert = server.add_user("search.bert");
  const auto dataset =
    ada.make("/api/v1/datasets", {{"name", "Quokka set"}, {"description", "marsupials"}})
      .at("id")
      .get<int64_t>();
  const auto image =
    import_image(ada, "quokkaEye_7.png", picture_specimen{}.png(), {.dataset = dataset});
  const auto found = search(ada, "quokka");
  CHECK(found.at("total") == 2);
  REQUIRE(found.at("items").size() == 2);
  const auto only = search(ada, "\"eye 7\"").at("items");
  REQUIRE(only.size() == 1);
  CHECK(only[0].at("type") == "image");
  CHECK(only[0].at("id") == image);
  CHECK(only[0].at("owner").at("login") == "search.ada");
  CHECK(only[0].at("rank").get<double>() > 0);
  CHECK(ada.get(only[0].at("thumbnail")).status == 200);
  CHECK(search(ada, "marsupials").at("items").at(0).at("thumbnail").is_null());
  CHECK(search(ada, fmt::format("in:dataset:{}", dataset)).at("total") == 1);
  CHECK(search(ada, "quokka", "&type=dataset").at("total") == 1);
  CHECK(search(ada, "quokka", "&type=dataset,image&sort=newest").at("total") == 2);
  CHECK(search(bert, "quokka").at("total") == 0);
  CHECK(search(server.root(), "quokka owner:search.ada").at("total") == 2);

  const auto counts = ada.read("/api/v1/search/counts?q=quokka");
  CHECK(counts.at("total") == 2);
  CHECK(counts.at("types").size() == 2);
  CHECK(counts.at("owners").at(0).at("count") == 2);
  CHECK(bert.read("/api/v1/search/counts?q=quokka").at("total") == 0);

  const auto path = fmt::format("/api/v1/datasets/{}", dataset);
  CHECK(ada.change(path, {{"name", "Wombat set"}}).status == 204);
  CHECK(search(ada, "wombat").at("total") == 1);
  CHECK(search(ada, "quokka").at("total") == 1);
}

TEST_CASE("search: slices, and what cannot be understood") {
  auto ada = shared_server().add_user("search.cut");
  for (int i = 0; i < 3; ++i)
    ada.make("/api/v1/projects", {{"name", "numbat " + std::to_string(i)}});
  const auto first = search(ada, "numbat", "&limit=2");
  CHECK(first.at("total") == 3);
  CHECK(first.at("items").size() == 2);
  const auto rest = search(ada, "numbat", "&limit=2&after=" + escaped(first.at("next")));
  REQUIRE(rest.at("items").size() == 1);
  CHECK(rest.at("next").is_null());
  CHECK(rest.at("items").at(0).at("id") != first.at("items").at(0).at("id"));
  CHECK(search(ada, "").at("total") == 3); // nothing typed: everything
  for (auto* wrong : {"colour:red", "\"open", "dose>high", "mi*sis", "after:soon"}) {
    const auto refused = ada.get("/api/v1/search?q=" + escaped(wrong));
    CHECK(refused.status == 400);
    CHECK(refused.document().at("detail").get<std::string>().find("search")
          != std::string::npos);
  }
  for (auto* wrong : {"&type=pixel", "&type=roi", "&sort=size", "&after=x", "&limit=0"})
    CHECK(ada.get("/api/v1/search?q=numbat" + std::string{wrong}).status == 400);
  CHECK(ada.get("/api/v1/search?q=in:dataset:999999999").status == 404);
  CHECK(ada.get("/api/v1/search?q=" + escaped("x';drop table images")).status == 200);
  CHECK(shared_server().nobody().get("/api/v1/search?q=numbat").status == 401);
}

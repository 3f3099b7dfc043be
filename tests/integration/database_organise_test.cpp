// Things renamed, put into containers and taken out, and where they are.

#include "schema/password.hpp"
#include "schema/queries/groups.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/own_sessions.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace troupe;

namespace {

using nlohmann::json;

struct bench {
  test::scratch_database db;
  viewer root = db.add_account("root", true);
  int64_t lab =
    db.ask(create_group{.who = root, .name = "lab", .level = group_level::annotate})
      .self.id;
  viewer ada = join("ada"), bert = join("bert");
  int64_t project = db.ask(create_project{ada, "project", ""}).id;
  int64_t first =
    db.ask(create_dataset{.who = ada, .name = "first", .project = project}).id;
  int64_t second = db.ask(create_dataset{.who = ada, .name = "second"}).id;
  int64_t a = db.add_image(ada, "a.tif", first), b = db.add_image(ada, "b.tif", first);

  viewer join(const std::string& login) {
    const auto made = db.add_account(login);
    db.ask(set_membership{root, lab, made.account});
    return within(db.ask(find_session{hash_token(login)}).who, {lab});
  }
  json make(const viewer& who, object_type type, const std::string& name,
            std::optional<int64_t> parent = {}) {
    return json::parse(
      db.ask(create_container{.who = who, .type = type, .name = name, .parent = parent})
        .text);
  }
  json places(const viewer& who, object_type type, int64_t id) {
    return json::parse(db.ask(find_places{who, type, id}).text).at("places");
  }
  int64_t images_in(int64_t dataset) {
    return db.ask(find_dataset{ada, dataset}).self.children;
  }
};

using ids = std::vector<int64_t>;

} // namespace

TEST_CASE("organise: many are renamed at once, and each refusal is told") {
  bench s;
  const auto other = s.db.add_image(s.bert, "other.tif");
  change_objects q{.who = s.ada,
                   .type = object_type::image,
                   .ids = {s.b, s.a, s.a, other, 999},
                   .name = "same"};
  const auto r = s.db.ask(q);
  CHECK(r.done == ids{s.a, s.b});
  REQUIRE(r.refused.size() == 2);
  CHECK(r.refused[0].id == other);
  CHECK(r.refused[0].why == errc::denied);
  CHECK(r.refused[1].why == errc::not_found);
  CHECK(s.db.ask(find_image{s.ada, s.a}).entry.name == "same");
  CHECK(s.db.ask(find_image{s.bert, other}).entry.name == "other.tif");
  int64_t noted = 0;
  s.db.sql() << "select count(*) from audits where action = 6", soci::into(noted);
  CHECK(noted == 2);
}

TEST_CASE(
  "organise: somebody else's change in between is a conflict, and nothing happens") {
  bench s;
  change_objects q{.who = s.ada,
                   .type = object_type::dataset,
                   .ids = {s.first},
                   .description = "new",
                   .version = 1};
  CHECK(s.db.refusal(q) == errc::none);
  CHECK(s.db.refusal(q) == errc::conflict);
  q.version = 2;
  CHECK(s.db.refusal(q) == errc::none);
}

TEST_CASE("organise: names that are none are refused") {
  bench s;
  auto refused = [&](change_objects q) {
    q.who = s.ada;
    q.ids = {s.first};
    return s.db.refusal(q);
  };
  CHECK(refused({.type = object_type::dataset}) == errc::bad_request);
  CHECK(refused({.type = object_type::dataset, .name = ""}) == errc::bad_request);
  CHECK(refused({.type = object_type::dataset, .name = std::string(256, 'x')})
        == errc::bad_request);
  CHECK(refused({.type = object_type::channel, .name = "x"}) == errc::bad_request);
}

TEST_CASE("organise: images move from one dataset to another") {
  bench s;
  link_objects q{.who = s.ada, .parent = s.second, .children = {s.a, s.b}};
  CHECK(s.db.ask(q).done == ids{s.a, s.b});
  CHECK(s.images_in(s.first) == 2);
  CHECK(s.images_in(s.second) == 2);
  CHECK(s.places(s.ada, object_type::image, s.a).size() == 2);
  q.from = s.first;
  CHECK(s.db.ask(q).done == ids{s.a, s.b});
  CHECK(s.images_in(s.first) == 0);
  CHECK(s.images_in(s.second) == 2);
  const auto out =
    s.db.ask(unlink_objects{.who = s.ada, .parent = s.second, .children = {s.a, 999}});
  CHECK(out.done == ids{s.a});
  REQUIRE(out.refused.size() == 1);
  CHECK(out.refused[0].id == 999);
  CHECK(s.db.ask(list_images{.who = s.ada, .orphaned = true}).total == 1);
}

TEST_CASE("organise: others' containers are filled only where the group lets them") {
  bench s;
  const auto theirs = s.db.add_image(s.bert, "theirs.tif");
  CHECK(s.db.refusal(link_objects{.who = s.bert, .parent = s.first, .children = {theirs}})
        == errc::denied);
  CHECK(s.db.ask(unlink_objects{.who = s.bert, .parent = s.first, .children = {s.a}})
          .done.empty());
  CHECK(s.images_in(s.first) == 2);
  s.db.ask(change_group{.who = s.root, .group = s.lab, .level = group_level::write});
  const auto bert = within(s.db.ask(find_session{hash_token("bert")}).who, {s.lab});
  CHECK(s.db.ask(link_objects{.who = bert, .parent = s.first, .children = {theirs}}).done
        == ids{theirs});
  CHECK(s.images_in(s.first) == 3);
}

TEST_CASE("organise: what belongs to two groups is never linked") {
  bench s;
  const auto at_home = s.db.ask(find_session{hash_token("ada")}).who;
  const auto outside = s.db.add_image(
    within(at_home, {s.db.ask(list_groups{at_home}).front().id}), "outside.tif");
  const auto r =
    s.db.ask(link_objects{.who = at_home, .parent = s.first, .children = {outside}});
  CHECK(r.done.empty());
  REQUIRE(r.refused.size() == 1);
  CHECK(r.refused[0].why == errc::conflict);
  CHECK(s.db.refusal(link_objects{.who = s.ada,
                                  .parent_type = object_type::image,
                                  .child_type = object_type::dataset,
                                  .parent = s.a,
                                  .children = {s.first}})
        == errc::bad_request);
}

TEST_CASE("organise: folders hold images and folders, but never themselves") {
  bench s;
  const int64_t top = s.make(s.ada, object_type::folder, "top").at("id"),
                inner = s.make(s.ada, object_type::folder, "inner", top).at("id");
  s.db.ask(link_objects{.who = s.ada,
                        .parent_type = object_type::folder,
                        .parent = inner,
                        .children = {s.a}});
  CHECK(s.db.ask(list_folders{.who = s.ada}).total == 1);
  CHECK(s.db.ask(list_folders{.who = s.ada, .parent = top}).total == 1);
  CHECK(s.db.refusal(link_objects{.who = s.ada,
                                  .parent_type = object_type::folder,
                                  .child_type = object_type::folder,
                                  .parent = inner,
                                  .children = {top}})
        == errc::conflict);
  const auto places = s.places(s.ada, object_type::image, s.a);
  REQUIRE(places.size() == 2);
  bool through_folders = false;
  for (auto& way : places)
    through_folders =
      through_folders
      || (way.size() == 2 && way[0].at("name") == "top" && way[1].at("name") == "inner");
  CHECK(through_folders);
  CHECK(s.db.refusal(list_folders{.who = viewer{}, .parent = top}) == errc::not_found);
}

TEST_CASE("organise: places show only what the viewer sees") {
  bench s;
  CHECK(s.places(s.ada, object_type::image, s.a)
        == json::parse(R"([[{"type":"project","id":)" + std::to_string(s.project)
                       + R"(,"name":"project"},{"type":"dataset","id":)"
                       + std::to_string(s.first) + R"(,"name":"first"}]])"));
  CHECK(s.db.refusal(find_places{viewer{}, object_type::image, s.a}) == errc::not_found);
  CHECK(s.places(s.ada, object_type::dataset, s.second).empty());
}

TEST_CASE("organise: an account that only looks changes nothing") {
  bench s;
  s.db.sql() << "update accounts set reader = true where login = 'ada'";
  const auto ada = within(s.db.ask(find_session{hash_token("ada")}).who, {s.lab});
  CHECK(s.db
          .ask(change_objects{
            .who = ada, .type = object_type::image, .ids = {s.a}, .name = "x"})
          .done.empty());
  CHECK(s.db.refusal(link_objects{.who = ada, .parent = s.second, .children = {s.a}})
        == errc::denied);
  CHECK(s.db.refusal(unlink_objects{.who = ada, .parent = s.first, .children = {s.a}})
        == errc::denied);
  CHECK(s.db.refusal(create_container{.who = ada, .name = "x"}) == errc::denied);
}

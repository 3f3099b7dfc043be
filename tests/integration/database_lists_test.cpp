// Containers, their names as targets, and paging through images.

#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace troupe;

namespace {

// Rows straight into the tables: 2,500 imports would take their time.
void add_images(test::scratch_database& db, const viewer& who, int count,
                int64_t dataset) {
  db.sql() << R"sql(
    with fileset as (
      insert into filesets (owner_id, group_id, repo_id, prefix, format)
      values (:owner, :group, 1, 'originals/1', 'TIFF')
      returning id
    ), made as (
      insert into images (owner_id, group_id, fileset_id, series, name, acquired, size_x, size_y,
                          size_z, size_c, size_t, pixel_type, dimension_order, levels, tile,
                          state, created)
      select :owner, :group, fileset.id, n, 'img' || n % 1000 || '.tif',
             case when n % 3 > 0 then timestamptz '2024-01-01' + n % 100 * interval '1 us' end,
             1, 1, 1, 1, 1, 2, 'XYCZT', '{{1,1}}', '{1,1}', 1,
             timestamptz '2024-01-01' + n % 10 * interval '1 us'
        from fileset, generate_series(1, cast(:count as integer)) as n
      returning id, group_id, owner_id
    )
    insert into links (parent_id, child_id, kind, group_id, owner_id)
    select :dataset, id, 2, group_id, owner_id
      from made)sql",
      soci::use(who.account, "owner"), soci::use(who.group, "group"),
      soci::use(count, "count"), soci::use(dataset, "dataset");
}

std::vector<image_entry> all_pages(test::scratch_database& db, list_images question) {
  std::vector<image_entry> all;
  for (int pages = 0; pages < 100; ++pages) {
    auto found = db.ask(question);
    CHECK(found.total == 2500);
    all.insert(all.end(), found.items.begin(), found.items.end());
    if (found.next.empty())
      break;
    question.page.after = found.next;
  }
  return all;
}

int number_in(const std::string& name) {
  return std::stoi(name.substr(3));
}

} // namespace

TEST_CASE("database: paging gives each of 2,500 images exactly once, in order") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto dataset = db.ask(create_dataset{.who = ada, .name = "many"}).id;
  add_images(db, ada, 2500, dataset);
  for (auto order :
       {image_order::id, image_order::name, image_order::created, image_order::acquired})
    for (bool descending : {false, true})
      for (std::optional<int64_t> in :
           {std::optional<int64_t>{dataset}, std::optional<int64_t>{}}) {
        auto all = all_pages(db, {.who = ada,
                                  .dataset = in,
                                  .order = order,
                                  .descending = descending,
                                  .page = {.limit = 333}});
        REQUIRE(all.size() == 2500);
        std::set<int64_t> ids;
        for (const auto& entry : all)
          ids.insert(entry.id);
        CHECK(ids.size() == 2500);
        if (descending)
          std::reverse(all.begin(), all.end());
        CHECK(std::is_sorted(all.begin(), all.end(), [&](const auto& a, const auto& b) {
          switch (order) {
          case image_order::id:
            return a.id < b.id;
          case image_order::name:
            return number_in(a.name) < number_in(b.name);
          case image_order::created:
            return a.created < b.created;
          case image_order::acquired:
            return a.acquired < b.acquired;
          }
          return false;
        }));
      }
}

TEST_CASE("database: a list refuses keys of other lists, garbage and silly limits") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto dataset = db.ask(create_dataset{.who = ada, .name = "many"}).id;
  add_images(db, ada, 10, dataset);
  auto key = db.ask(list_images{.who = ada, .page = {.limit = 3}}).next;
  REQUIRE_FALSE(key.empty());
  CHECK(db.refusal(list_images{.who = ada, .page = {.after = key}}) == errc::none);
  auto refused = [&](image_order order, bool descending, const page_request& page) {
    return db.refusal(list_images{
               .who = ada, .order = order, .descending = descending, .page = page})
           == errc::bad_request;
  };
  CHECK(refused(image_order::id, false, {.after = key}));
  CHECK(refused(image_order::name, true, {.after = key}));
  CHECK(refused(image_order::name, false, {.after = "garbage!"}));
  CHECK(refused(image_order::name, false, {.after = key.substr(1)}));
  CHECK(refused(image_order::name, false, {.limit = 0}));
  CHECK(refused(image_order::name, false, {.limit = 1001}));
  CHECK(db.refusal(list_projects{.who = ada, .page = {.after = key}})
        == errc::bad_request);
}

TEST_CASE("database: projects come in natural order") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  for (const char* name : {"img10", "Img2", "img1", "IMG2"})
    db.ask(create_project{ada, name, ""});
  std::vector<std::string> names;
  list_projects question{.who = ada, .page = {.limit = 1}};
  do {
    auto found = db.ask(question);
    CHECK(found.total == 4);
    names.push_back(found.items.at(0).name);
    question.page.after = found.next;
  } while (!question.page.after.empty());
  CHECK(names == std::vector<std::string>{"img1", "Img2", "IMG2", "img10"});
}

TEST_CASE("database: unusable names are refused") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  for (const std::string& name :
       {std::string{}, std::string{"  "}, std::string("a\0b", 3), std::string{"a\nb"},
        std::string{"\xC3"}, std::string(256, 'a')}) {
    CHECK(db.refusal(create_project{ada, name, ""}) == errc::bad_request);
    CHECK(db.refusal(create_dataset{.who = ada, .name = name}) == errc::bad_request);
  }
  CHECK(db.refusal(create_project{ada, "ok", std::string("a\0b", 3)})
        == errc::bad_request);
  auto made = db.ask(create_project{ada, "Übersicht \"'$1:x", "two\nlines"});
  CHECK(made.name == "Übersicht \"'$1:x");
  CHECK(made.description == "two\nlines");
  CHECK(made.owner.login == "ada");
  CHECK(made.created.size() == 27);
}

TEST_CASE("database: datasets of a project, of none, of all") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto project = db.ask(create_project{ada, "p", ""}).id;
  db.ask(create_dataset{.who = ada, .name = "in", .project = project});
  db.ask(create_dataset{.who = ada, .name = "out"});
  auto names = [&](const list_datasets& question) {
    std::string all;
    for (const auto& dataset : db.ask(question).items)
      all += dataset.name + " ";
    return all;
  };
  CHECK(names({.who = ada}) == "in out ");
  CHECK(names({.who = ada, .project = project}) == "in ");
  CHECK(names({.who = ada, .orphaned = true}) == "out ");
  CHECK(names({.who = ada, .owner = ada.account}) == "in out ");
  CHECK(names({.who = ada, .project = project, .owner = ada.account + 1}).empty());
  CHECK(db.ask(list_projects{.who = ada, .owner = ada.account}).total == 1);
  CHECK(db.ask(list_projects{.who = ada, .owner = ada.account + 1}).items.empty());
  CHECK(db.ask(list_images{.who = ada, .owner = ada.account}).total == 0);
  CHECK(db.refusal(list_datasets{.who = ada, .project = project + 1}) == errc::not_found);
  CHECK(db.refusal(create_dataset{.who = ada, .name = "x", .project = project + 1})
        == errc::not_found);
}

TEST_CASE("database: a target is found by id or name, or made") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto resolve = [&](const std::string& project, const std::string& dataset) {
    return db.ask(resolve_target{ada, project, dataset});
  };
  CHECK(resolve("", "").dataset == 0);
  auto made = resolve("screen", "plate");
  CHECK(made.dataset_name == "plate");
  CHECK(resolve("screen", "plate").dataset == made.dataset);
  CHECK(resolve("", "plate").dataset == made.dataset);
  CHECK(resolve("", std::to_string(made.dataset)).dataset_name == "plate");
  CHECK(resolve("other", "plate").dataset != made.dataset);
  CHECK(db.ask(list_projects{.who = ada}).total == 2);
  CHECK(db.ask(list_datasets{.who = ada}).total == 2);
  // A dataset may lie in two projects.
  CHECK(resolve("third", std::to_string(made.dataset)).dataset == made.dataset);
  CHECK(resolve("third", std::to_string(made.dataset)).dataset == made.dataset);
  CHECK(db.ask(find_dataset{ada, made.dataset}).projects.size() == 2);
  CHECK(db.refusal(resolve_target{ada, "", "4711"}) == errc::not_found);
  CHECK(db.refusal(resolve_target{ada, "4711", ""}) == errc::not_found);
  CHECK(db.refusal(resolve_target{ada, "", "a\nb"}) == errc::bad_request);
}

TEST_CASE("database: the orphan flag follows links") {
  test::scratch_database db;
  auto ada = db.add_account("ada");
  auto one = db.ask(create_dataset{.who = ada, .name = "one"}).id;
  auto two = db.ask(create_dataset{.who = ada, .name = "two"}).id;
  auto image = db.add_image(ada, "a.tif", one);
  auto orphans = [&] { return db.ask(list_images{.who = ada, .orphaned = true}).total; };
  CHECK(orphans() == 0);
  db.sql() << "insert into links (parent_id, child_id, kind, group_id, owner_id) "
              "values (:dataset, :image, 2, :group, :owner)",
      soci::use(two, "dataset"), soci::use(image, "image"), soci::use(ada.group, "group"),
      soci::use(ada.account, "owner");
  db.sql() << "delete from datasets where id = :id", soci::use(one, "id");
  CHECK(orphans() == 0);
  SUBCASE("a link removed") {
    db.sql() << "delete from links";
  }
  SUBCASE("a dataset removed") {
    db.sql() << "delete from datasets";
  }
  CHECK(orphans() == 1);
}

// Finding: what each word means, who finds what, and that what is found is up to date.

#include "schema/password.hpp"
#include "schema/queries/accounts.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/search.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>

using namespace troupe;
using nlohmann::json;

namespace {

struct library {
  test::scratch_database db;
  viewer ada = db.add_account("ada"), bert = db.add_account("bert"),
         root = db.add_account("root", true);

  /// Names, sorted.
  std::string found(const viewer& who, const std::string& words,
                    std::vector<object_type> types = {}) {
    std::multiset<std::string> names;
    for (auto& item :
         db.ask(search_objects{.who = who, .words = words, .types = types}).items)
      names.insert(json::parse(item.text).at("name"));
    return fmt::format("{}", fmt::join(names, " "));
  }

  int64_t container(const viewer& who, object_type type, const std::string& name,
                    const std::string& description = "", int64_t parent = 0) {
    if (type == object_type::project)
      return db.ask(create_project{.who = who, .name = name, .description = description})
        .id;
    create_dataset q{.who = who, .name = name, .description = description};
    if (parent)
      q.project = parent;
    return db.ask(q).id;
  }

  /// @param value  SQL of (kind, text_value, number_value, pairs)
  int64_t annotate(const viewer& who, int kind, int64_t object,
                   const std::string& value) {
    int64_t id = 0;
    db.sql() << fmt::format(R"sql(
      insert into annotations (owner_id, group_id, kind, text_value, number_value, pairs,
                               name_space_id)
      values ({}, {}, {}) returning id)sql",
                            who.account, who.group, value),
      soci::into(id);
    db.sql() << fmt::format("insert into annotation_links (parent_id, child_id, kind, "
                            "group_id, owner_id) values ({}, {}, {}, {}, {})",
                            object, id, kind, who.group, who.account);
    return id;
  }
  int64_t tag(const viewer& who, int64_t image, const std::string& text) {
    return annotate(who, 3, image, fmt::format("1, '{}', null, null, null", text));
  }
  void execute(const std::string& statement) { db.sql() << statement; }
};

} // namespace

TEST_CASE("search: words in names, descriptions, channels and files") {
  library l;
  l.db.add_image(l.ada, "HeLa_H2B-mCherry01.tif");
  l.db.add_image(l.ada, "Étude.tif");
  l.container(l.ada, object_type::dataset, "late set", "cells in anaphase, late");
  auto f = [&](const std::string& words) { return l.found(l.ada, words); };
  const std::string hela = "HeLa_H2B-mCherry01.tif";
  for (auto* words : {"hela", "HELA", "HeLa", "h2b", "H2B mcherry", "cherry", "mCherry01",
                      "\"h2b mcherry\"", "mcher*", "hela_h2b*", "*A_H2*", "*cherry01*"}) {
    CAPTURE(words);
    CHECK(f(words) == hela);
  }
  for (auto* words : {"hel", "hela anaphase", "\"mcherry h2b\"", "*HeLa_mCherry*",
                      "*%h2b*", "*hela.h2b*", "file:anaphase"})
    CHECK(f(words) == "");
  CHECK(f("dapi") == hela + " Étude.tif"); // channels
  CHECK(f("home") == hela + " Étude.tif"); // the client's path
  CHECK(f("file:hela*") == hela);
  CHECK(f("format:tiff") == hela + " Étude.tif");
  CHECK(f("format:czi") == "");
  CHECK(f("anaphase -hela") == "late set");
  CHECK(f("\"anaphase late\"") == "late set");
  CHECK(f("-dapi") == "late set");
  CHECK(f("dapi -mcherry*") == "Étude.tif");
  CHECK(f("type:dataset") == "late set");
  CHECK(f("-type:image") == "late set");
  CHECK(l.found(l.ada, "late", {object_type::image}) == "");
  int unaccents = 0;
  l.db.sql() << "select count(*) from pg_extension where extname = 'unaccent'",
    soci::into(unaccents);
  CHECK(f("étude") == "Étude.tif");
  CHECK(f("etude") == (unaccents ? "Étude.tif" : ""));
}

TEST_CASE("search: tags, key-values and ratings by their links") {
  library l;
  const auto a = l.db.add_image(l.ada, "a"), b = l.db.add_image(l.ada, "b");
  const auto done = l.tag(l.ada, a, "To Do");
  l.annotate(l.ada, 3, b, R"(9, null, null, '[{"k": "Gene \"x\"", "v": "BRCA1"},
    {"k": "dose", "v": "12.5"}, {"k": "dose", "v": "none"}]', null)");
  l.execute(
    "insert into name_spaces (name) values ('openmicroscopy.org/omero/insight/rating')");
  l.annotate(l.ada, 3, b, "5, null, 4, null, (select max(id) from name_spaces)");
  auto f = [&](const std::string& words) { return l.found(l.ada, words); };
  CHECK(f("tag:\"to do\"") == "a");
  CHECK(f("tag:to*") == "a");
  CHECK(f("tag:to") == "");
  CHECK(f("-tag:\"to do\"") == "b");
  CHECK(f("\"to do\"") == "a"); // and as words
  CHECK(f("brca*") == "b");
  CHECK(f("dose=12.5") == "b");
  CHECK(f("dose=12") == "");
  CHECK(f("dose>12") == "b");
  CHECK(f("dose>12.5") == "");
  CHECK(f("dose>=12.5 dose<13") == "b");
  CHECK(f("gene>1") == "");
  CHECK(f("rating>=4") == "b");
  CHECK(f("rating>4") == "");
  l.execute(
    fmt::format("update annotations set text_value = 'later' where id = {}", done));
  CHECK(f("later") == "a");
  CHECK(f("\"to do\"") == "");
  l.execute(fmt::format("delete from annotation_links where child_id = {}", done));
  CHECK(f("later") == "");
  CHECK(f("tag:later") == "");
  l.execute("delete from annotations where kind = 9");
  CHECK(f("brca1") == ""); // by cascade
  CHECK(f("dose>1") == "");
}

TEST_CASE("search: owners, groups, dates, sizes and places") {
  library l;
  const auto project = l.container(l.ada, object_type::project, "p"),
             dataset = l.container(l.ada, object_type::dataset, "d", "", project);
  const auto image = l.db.add_image(l.ada, "i", dataset);
  l.db.add_image(l.bert, "j");
  l.execute("update search_docs set created = '2024-03-15'");
  l.execute("update search_docs set created = '2024-04-01', acquired = '2023-05-06' "
            "where name = 'j'");
  auto f = [&](const std::string& words) { return l.found(l.root, words); };
  CHECK(f("owner:bert") == "j");
  CHECK(f("owner:BERT") == "j");
  CHECK(f("-owner:ada") == "j");
  CHECK(l.found(l.ada, "owner:me type:image") == "i");
  CHECK(f("group:Default") == "d i j p");
  CHECK(f("group:other") == "");
  CHECK(f("after:2024-04") == "j");
  CHECK(f("before:2024-04") == "d i p");
  CHECK(f("created:2024-03..2024-03-15 type:image") == "i");
  CHECK(f("created:2023") == "");
  CHECK(f("acquired:2023") == "j");
  CHECK(f("-acquired:2023 type:image") == "i");
  CHECK(f("x=512 y<257 z>2") == "i j"); // as sample_fileset says
  CHECK(f("x>512") == "");
  CHECK(f("bytes>=1000") == "i j");
  CHECK(f("bytes>1000") == "");
  CHECK(f(fmt::format("in:dataset:{}", dataset)) == "i");
  CHECK(f(fmt::format("in:project:{}", project)) == "d i");
  CHECK(f(fmt::format("-in:project:{}", project)) == "j p");
  search_objects hidden{.who = l.bert, .words = fmt::format("in:dataset:{}", dataset)};
  CHECK(l.db.refusal(hidden) == errc::not_found);
  hidden.words = "colour:red";
  CHECK(l.db.refusal(hidden) == errc::bad_request);
  CHECK(image > 0);
}

TEST_CASE("search: what is found is what is listed") {
  library l;
  for (auto* level : {"0", "1", "2", "3"}) {
    l.execute(fmt::format("update groups set level = {} where name = 'default'", level));
    const auto ada = l.db.ask(find_session{hash_token("ada")}).who,
               bert = l.db.ask(find_session{hash_token("bert")}).who;
    l.db.add_image(ada, "hers");
    l.db.add_image(bert, "his");
    for (auto& who : {ada, bert, l.root}) {
      const auto listed = l.db.ask(list_images{.who = who});
      const auto all = l.db.ask(search_objects{.who = who, .page = {.limit = 1000}});
      CHECK(all.total == listed.total);
      CHECK(all.items.size() == listed.items.size());
      std::set<int64_t> seen;
      for (auto& image : listed.items)
        seen.insert(image.id);
      for (auto& item : all.items)
        CHECK(seen.contains(item.id));
    }
  }
  CHECK(l.found(l.db.add_account("stranger", false, "user"), "his") == "");
}

TEST_CASE("search: moved, given and deleted objects are found where they are") {
  library l;
  const auto image = l.db.add_image(l.ada, "cell");
  l.execute(
    fmt::format("update images set owner_id = {} where id = {}", l.bert.account, image));
  CHECK(l.found(l.ada, "cell") == "");
  CHECK(l.found(l.bert, "cell") == "cell");
  l.execute("insert into groups (name) values ('far')");
  const auto dataset = l.container(l.bert, object_type::dataset, "cells");
  l.execute(
    fmt::format("update datasets set group_id = (select id from groups where name = "
                "'far') where id = {}",
                dataset));
  CHECK(l.found(l.root, "group:far") == "cells");
  l.execute(fmt::format("delete from datasets where id = {}", dataset));
  CHECK(l.found(l.root, "cells") == "");
  l.execute("delete from filesets");
  CHECK(l.found(l.root, "cell") == "");
  int64_t rows = -1;
  l.db.sql() << "select count(*) from search_docs", soci::into(rows);
  CHECK(rows == 0);
}

TEST_CASE("search: a change is found in the transaction that made it, or not at all") {
  library l;
  const auto id = l.container(l.ada, object_type::dataset, "before");
  {
    soci::transaction undone{l.db.sql()};
    run(l.db.sql(),
        change_objects{
          .who = l.ada, .type = object_type::dataset, .ids = {id}, .name = "after"});
    CHECK(run(l.db.sql(), search_objects{.who = l.ada, .words = "after"}).total == 1);
  }
  CHECK(l.found(l.ada, "after") == "");
  CHECK(l.found(l.ada, "before") == "before");
}

TEST_CASE("search: what is tagged by the thousand has its words a moment later") {
  library l;
  const auto first = l.container(l.ada, object_type::dataset, "d0");
  l.execute(fmt::format("insert into datasets (owner_id, group_id, name) "
                        "select {}, {}, 'd' || n from generate_series(1, 1000) as n",
                        l.ada.account, l.ada.group));
  const auto tag = l.annotate(l.ada, 2, first, "1, 'many', null, null, null");
  l.execute(
    fmt::format("insert into annotation_links (parent_id, child_id, kind, group_id, "
                "owner_id) select id, {}, 2, group_id, owner_id from datasets "
                "where id > {}",
                tag, first));
  auto total = [&](const std::string& words) {
    return l.db.ask(search_objects{.who = l.ada, .words = words}).total;
  };
  CHECK(total("many") == 1001); // a thousand are done at once
  l.execute(fmt::format("delete from annotation_links where child_id = {}", tag));
  CHECK(total("tag:many") == 0);
  CHECK(total("many") == 1001);
  CHECK(l.db.ask(index_pending{.most = 600}) == 600);
  CHECK(l.db.ask(index_pending{.most = 600}) == 401);
  CHECK(l.db.ask(index_pending{}) == 0);
  CHECK(total("many") == 0);
}

TEST_CASE("search: slices join without gaps, best or newest first") {
  library l;
  for (int i = 0; i < 7; ++i)
    l.container(l.ada, i % 2 ? object_type::dataset : object_type::project,
                "cell " + std::to_string(i), i == 3 ? "cell cell cell" : "");
  l.container(l.ada, object_type::dataset, "other", "has a cell");
  for (auto order : {search_order::rank, search_order::newest}) {
    std::vector<std::string> names;
    search_objects q{.who = l.ada, .words = "cell", .order = order, .page = {.limit = 3}};
    do {
      auto slice = l.db.ask(q);
      CHECK(slice.total == 8);
      for (auto& item : slice.items)
        names.push_back(json::parse(item.text).at("name"));
      q.page.after = slice.next;
    } while (!q.page.after.empty());
    REQUIRE(names.size() == 8);
    CHECK(std::set(names.begin(), names.end()).size() == 8);
    if (order == search_order::newest)
      CHECK(names.front() == "other");
    else {
      CHECK(names.front() == "cell 3");
      CHECK(names.back() == "other"); // a word of a description weighs less
    }
  }
  search_objects q{.who = l.ada, .words = "cell", .page = {.limit = 3}};
  q.page.after = l.db.ask(q).next;
  q.order = search_order::newest; // a key of another list
  CHECK(l.db.refusal(q) == errc::bad_request);
}

TEST_CASE(
  "search: of more than are counted the newest come first, in each visible group") {
  library l;
  l.execute(
    fmt::format("insert into datasets (owner_id, group_id, name, created) select {}, {}, "
                "'cell ' || n, timestamptz '2024-01-01' + n * interval '1 s' "
                "from generate_series(1, 10100) as n",
                l.ada.account, l.ada.group));
  for (auto& who : {l.ada, l.root})
    for (auto order : {search_order::rank, search_order::newest}) {
      search_objects q{.who = who, .words = "cell", .order = order, .page = {.limit = 2}};
      const auto first = l.db.ask(q);
      CHECK(first.total == most_counted + 1);
      REQUIRE(first.items.size() == 2);
      q.page.after = first.next;
      const auto second = l.db.ask(q);
      REQUIRE(second.items.size() == 2);
      CHECK(json::parse(first.items[0].text).at("name") == "cell 10100");
      CHECK(json::parse(second.items[1].text).at("name") == "cell 10097");
    }
}

TEST_CASE("search: counts by type, owner, group and tag") {
  library l;
  const auto a = l.db.add_image(l.ada, "cell a");
  l.db.add_image(l.bert, "cell b");
  l.container(l.ada, object_type::dataset, "cells", "cell");
  l.tag(l.ada, a, "good");
  const auto counted = [&](const viewer& who) {
    return json::parse(l.db.ask(count_search{.who = who, .words = "cell"}).text);
  };
  auto all = counted(l.root);
  CHECK(all.at("total") == 3);
  CHECK(all.at("types")
        == json::parse(
          R"([{"type": "image", "count": 2}, {"type": "dataset", "count": 1}])"));
  CHECK(all.at("owners").at(0).at("login") == "ada");
  CHECK(all.at("owners").at(0).at("count") == 2);
  CHECK(all.at("groups").at(0).at("count") == 3);
  CHECK(all.at("tags") == json::parse(R"([{"text": "good", "count": 1}])"));
  CHECK(counted(l.bert).at("total") == 1);
  CHECK(counted(l.bert).at("tags") == json::array());
}

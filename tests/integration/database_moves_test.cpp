// Objects into another group and to another person, and the history of it.

#include "schema/queries/history.hpp"
#include "schema/queries/moves.hpp"
#include "tests/support/lab.hpp"

#include <algorithm>

using namespace troupe;
using test::json;
using test::lab;

namespace {

/// A second group, where Ada is a member too.
struct two_groups : lab {
  int64_t other = db.ask(create_group{.who = root, .name = "other"}).self.id;
  two_groups() {
    db.ask(set_membership{root, other, ada.account, false});
    ada = db.ask(find_session{hash_token("ada")}).who;
    ada.group = group;
  }

  json move(move_objects q) {
    const auto before = rows();
    q.preview = true;
    const auto told = json::parse(db.ask(q).text);
    CHECK(rows() == before);
    q.preview = false;
    auto done = json::parse(db.ask(q).text);
    for (auto part : {"counts", "others", "blocked", "left", "cut", "leftBehind"})
      CHECK(told.at(part) == done.at(part));
    return done;
  }
  int64_t group_of(const std::string& table, int64_t id) {
    return number(fmt::format("select group_id from {} where id = {}", table, id));
  }
};

} // namespace

TEST_CASE("moves: a project with all in it, links to the rest are cut") {
  two_groups l;
  const auto project = l.db.ask(create_project{.who = l.ada, .name = "p"}).id;
  const auto dataset = l.dataset("d", project), rest = l.dataset("rest");
  const auto image = l.image("a.tif", dataset), shared = l.image("b.tif", dataset),
             outside = l.image("c.tif", rest);
  l.db.ask(link_objects{.who = l.ada, .parent = rest, .children = {shared}});
  const auto mine = l.tag(l.ada, "mine"), common = l.tag(l.ada, "common");
  l.put(mine, object_type::image, image, l.ada);
  l.put(common, object_type::image, image, l.ada);
  l.put(common, object_type::image, outside, l.ada);
  const auto done = l.move(
    {.who = l.ada, .type = object_type::project, .ids = {project}, .group = l.other});
  CHECK(done.at("counts").at("image") == 1);
  CHECK(done.at("cut") == json{{"links", 1}, {"annotations", 1}});
  REQUIRE(done.at("leftBehind").size() == 1);
  CHECK(done.at("leftBehind")[0].at("text") == "common");
  for (auto [table, id] : {std::pair{"projects", project}, std::pair{"datasets", dataset},
                           std::pair{"images", image}, std::pair{"annotations", mine}})
    CHECK(l.group_of(table, id) == l.other);
  CHECK(l.group_of("images", shared) == l.group);
  CHECK(l.group_of("annotations", common) == l.group);
  CHECK(l.number("select count(*) from links as l join images as i on i.id = l.child_id"
                 " where l.group_id <> i.group_id and l.kind = 2")
        == 0);
}

TEST_CASE("moves: only by owners, into groups of theirs") {
  two_groups l;
  const auto image = l.image("a.tif");
  auto q = [&](const viewer& who, int64_t group) {
    return move_objects{.who = who, .ids = {image}, .group = group};
  };
  CHECK(l.db.refusal(q(l.bert, l.group)) == errc::denied);
  CHECK(l.db.refusal(q(l.bert, l.other)) == errc::not_found);
  CHECK(l.db.refusal(q(l.ada, 99999)) == errc::not_found);
  const auto two = l.pair();
  auto half = q(l.ada, l.other);
  half.ids = {two[0]};
  CHECK(l.db.refusal(half) == errc::conflict);
  l.roi(l.bert, image);
  CHECK(l.db.refusal(q(l.ada, l.other)) == errc::conflict); // private
  CHECK(l.group_of("images", image) == l.group);
}

TEST_CASE("gifts: by who may, to who is in the group, with settings to be seen by") {
  two_groups l;
  const auto dataset = l.dataset("d");
  const auto image = l.image("a.tif", dataset);
  const auto tag = l.tag(l.ada, "hers");
  l.put(tag, object_type::image, image, l.ada);
  auto q = give_objects{.who = l.ada,
                        .type = object_type::dataset,
                        .ids = {dataset},
                        .account = l.bert.account};
  CHECK(l.db.refusal(q) == errc::denied);
  q.who = l.root;
  q.account = l.root.account;
  CHECK(l.db.refusal(q) == errc::conflict);
  q.account = 99999;
  CHECK(l.db.refusal(q) == errc::not_found);
  q.account = l.bert.account;
  q.preview = true;
  const auto before = l.rows();
  const auto told = json::parse(l.db.ask(q).text);
  CHECK(l.rows() == before);
  q.preview = false;
  CHECK(json::parse(l.db.ask(q).text).at("counts") == told.at("counts"));
  auto owner = [&](const std::string& table, const std::string& column, int64_t id) {
    return l.number(
      fmt::format("select owner_id from {} where {} = {}", table, column, id));
  };
  CHECK(owner("datasets", "id", dataset) == l.bert.account);
  CHECK(owner("images", "id", image) == l.bert.account);
  CHECK(owner("renderings", "image_id", image) == l.bert.account);
  CHECK(owner("links", "child_id", image) == l.bert.account);
  CHECK(owner("annotations", "id", tag) == l.ada.account); // members annotate here
}

TEST_CASE("history: of an object for who sees it, of everything for administrators") {
  two_groups l;
  const auto image = l.image("a.tif");
  const auto done = l.erase(l.deletion(l.ada, object_type::image, {image}));
  l.restore(l.ada, done);
  auto of = [&](const viewer& who) {
    return object_history{.who = who, .id = image, .page = {.limit = 2}};
  };
  const auto page = l.db.ask(of(l.bert));
  REQUIRE(page.items.size() == 2);
  CHECK(json::parse(page.items[0].text).at("action") == "restore");
  CHECK(json::parse(page.items[1].text).at("action") == "delete");
  auto more = of(l.bert);
  more.page.after = page.next;
  if (page.total > 2)
    CHECK(l.db.ask(more).items.size() == 1);
  CHECK(l.db.refusal(of(l.db.add_account("stranger"))) == errc::not_found);

  list_audit all{.who = l.root, .filter = {.action = "delete"}};
  CHECK(l.db.ask(all).total == 2); // the image and its files
  all.filter.type = "image";
  CHECK(l.db.ask(all).total == 1);
  all.filter.account = l.bert.account;
  CHECK(l.db.ask(all).total == 0);
  all.filter = {.from = "2999-01-01T00:00:00Z"};
  CHECK(l.db.ask(all).total == 0);
  all.filter = {.from = "yesterday"};
  CHECK(l.db.refusal(all) == errc::bad_request);
  all.filter = {.action = "fly"};
  CHECK(l.db.refusal(all) == errc::bad_request);
  CHECK(l.db.refusal(list_audit{.who = l.ada}) == errc::denied);
  CHECK(l.db.refusal(export_audit{.who = l.ada}) == errc::denied);
  const auto csv = l.db.ask(export_audit{.who = l.root, .filter = {.action = "delete"}});
  CHECK(csv.text.starts_with("at,action,type,id,"));
  CHECK(std::count(csv.text.begin(), csv.text.end(), '\n') == 3);
}

// Who sees what: the same answer by id, in lists and for pixels.

#include "schema/queries/accounts.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace troupe;

namespace {

struct home {
  int64_t project = 0, dataset = 0, image = 0, orphan = 0;
};

home make_home(test::scratch_database& db, const viewer& owner) {
  home made;
  made.project = db.ask(create_project{owner, "screen", ""}).id;
  made.dataset =
    db.ask(create_dataset{.who = owner, .name = "plate", .project = made.project}).id;
  made.image = db.add_image(owner, "cell.tif", made.dataset);
  made.orphan = db.add_image(owner, "lost.tif");
  return made;
}

template <class List>
bool lists(test::scratch_database& db, const List& question, int64_t id) {
  auto found = db.ask(question);
  CHECK(found.total == static_cast<int64_t>(found.items.size()));
  return std::any_of(found.items.begin(), found.items.end(),
                     [&](const auto& item) { return item.id == id; });
}

void check_sees(test::scratch_database& db, const viewer& who, const home& h, bool sees) {
  auto expected = sees ? errc::none : errc::not_found;
  CHECK(db.refusal(find_project{who, h.project}) == expected);
  CHECK(db.refusal(find_dataset{who, h.dataset}) == expected);
  CHECK(db.refusal(find_image{who, h.image}) == expected);
  CHECK(db.refusal(grant_image{who, h.image}) == expected);
  CHECK(db.refusal(grant_image{who, h.orphan}) == expected);
  CHECK(db.refusal(list_datasets{.who = who, .project = h.project}) == expected);
  CHECK(db.refusal(list_images{.who = who, .dataset = h.dataset}) == expected);
  CHECK(lists(db, list_projects{.who = who}, h.project) == sees);
  CHECK(lists(db, list_datasets{.who = who}, h.dataset) == sees);
  CHECK(lists(db, list_images{.who = who}, h.image) == sees);
  CHECK(lists(db, list_images{.who = who, .orphaned = true}, h.orphan) == sees);
  CHECK_FALSE(lists(db, list_images{.who = who, .orphaned = true}, h.image));
  if (!sees)
    return;
  CHECK(lists(db, list_datasets{.who = who, .project = h.project}, h.dataset));
  CHECK(lists(db, list_images{.who = who, .dataset = h.dataset}, h.image));
  CHECK(db.ask(find_project{who, h.project}).children == 1);
  CHECK(db.ask(find_dataset{who, h.dataset}).self.children == 1);
  CHECK(db.ask(find_dataset{who, h.dataset}).projects.size() == 1);
  auto places = db.ask(find_image{who, h.image}).datasets;
  REQUIRE(places.size() == 1);
  CHECK(places[0].projects.size() == 1);
}

void make_group_of_level(test::scratch_database& db, const std::string& name, int level) {
  db.sql() << "insert into groups (name, level) values (:name, :level)",
    soci::use(name, "name"), soci::use(level, "level");
}

} // namespace

TEST_CASE("database: in the private default group owners and administrators see") {
  test::scratch_database db;
  auto owner = db.add_account("owner"), member = db.add_account("member"),
       admin = db.add_account("admin", true);
  auto theirs = make_home(db, owner), others = make_home(db, member);
  check_sees(db, owner, theirs, true);
  check_sees(db, member, theirs, false);
  check_sees(db, admin, theirs, true);
  check_sees(db, owner, others, false);
  check_sees(db, viewer{}, theirs, false);
}

TEST_CASE("database: in a group of level 1 members see, strangers do not") {
  test::scratch_database db;
  make_group_of_level(db, "open", 1);
  auto owner = db.add_account("owner", false, "open"),
       member = db.add_account("member", false, "open"),
       stranger = db.add_account("stranger");
  auto theirs = make_home(db, owner);
  check_sees(db, owner, theirs, true);
  check_sees(db, member, theirs, true);
  check_sees(db, stranger, theirs, false);
}

TEST_CASE("database: a leader sees a private group, an owner what is left behind") {
  test::scratch_database db;
  make_group_of_level(db, "lab", 0);
  auto owner = db.add_account("owner", false, "lab");
  auto leader = db.add_account("leader", false, "lab");
  auto theirs = make_home(db, owner);
  check_sees(db, leader, theirs, false);
  db.sql() << "update memberships set leader = true where account_id = :id",
    soci::use(leader.account, "id");
  check_sees(db, db.ask(open_session{leader.account, std::string(64, 'a')}).who, theirs,
             true);
  db.sql() << "delete from memberships where account_id = :id",
    soci::use(owner.account, "id");
  check_sees(db, db.ask(open_session{owner.account, std::string(64, 'b')}).who, theirs,
             true);
}

TEST_CASE("database: a stranger's images in my private dataset stay theirs") {
  test::scratch_database db;
  auto owner = db.add_account("owner"), other = db.add_account("other"),
       admin = db.add_account("admin", true);
  auto mine = make_home(db, owner);
  auto theirs = db.add_image(other, "theirs.tif");
  db.sql() << R"sql(
    insert into links (parent_id, child_id, kind, group_id, owner_id)
    values (:dataset, :image, 2, :group, :admin))sql",
    soci::use(mine.dataset, "dataset"), soci::use(theirs, "image"),
    soci::use(owner.group, "group"), soci::use(admin.account, "admin");
  CHECK(db.ask(find_dataset{owner, mine.dataset}).self.children == 1);
  CHECK(db.ask(list_images{.who = owner, .dataset = mine.dataset}).total == 1);
  CHECK(db.ask(find_dataset{admin, mine.dataset}).self.children == 2);
  CHECK(db.ask(list_images{.who = admin, .dataset = mine.dataset}).total == 2);
  CHECK(db.ask(find_image{other, theirs}).datasets.empty());
}

TEST_CASE("database: nobody links into what is not theirs") {
  test::scratch_database db;
  make_group_of_level(db, "open", 1);
  auto owner = db.add_account("owner", false, "open"),
       member = db.add_account("member", false, "open");
  auto admin = db.add_account("admin", true, "open");
  auto h = make_home(db, owner);
  auto into = [&](const viewer& who) {
    return db.refusal(create_dataset{.who = who, .name = "new", .project = h.project});
  };
  CHECK(into(owner) == errc::none);
  CHECK(into(member) == errc::not_found);
  CHECK(into(admin) == errc::none);
  auto import_into = [&](const viewer& who) {
    return db.refusal(
      create_import{.who = who, .dataset = h.dataset, .files = {{"a", 1}}});
  };
  CHECK(import_into(owner) == errc::none);
  CHECK(import_into(member) == errc::not_found);
  CHECK(import_into(admin) == errc::none);
  CHECK(db.refusal(resolve_target{.who = member, .dataset = std::to_string(h.dataset)})
        == errc::not_found);
}

TEST_CASE("database: no link joins two groups") {
  test::scratch_database db;
  make_group_of_level(db, "open", 1);
  auto here = db.add_account("here"), there = db.add_account("there", false, "open");
  auto mine = make_home(db, here), theirs = make_home(db, there);
  for (auto group : {here.group, there.group}) {
    CHECK_THROWS(
      db.sql() << "insert into links (parent_id, child_id, kind, group_id, owner_id) "
                  "values (:parent, :child, 2, :group, :owner)",
      soci::use(mine.dataset, "parent"), soci::use(theirs.image, "child"),
      soci::use(group, "group"), soci::use(here.account, "owner"));
    CHECK_THROWS(
      db.sql() << "insert into links (parent_id, child_id, kind, group_id, owner_id) "
                  "values (:parent, :child, 1, :group, :owner)",
      soci::use(mine.project, "parent"), soci::use(theirs.dataset, "child"),
      soci::use(group, "group"), soci::use(here.account, "owner"));
  }
  auto admin = db.add_account("admin", true); // sees both, new objects go to `default`
  CHECK(db.refusal(create_dataset{.who = admin, .name = "x", .project = theirs.project})
        == errc::not_found);
  CHECK(db.refusal(
          create_import{.who = admin, .dataset = theirs.dataset, .files = {{"a", 1}}})
        == errc::not_found);
}

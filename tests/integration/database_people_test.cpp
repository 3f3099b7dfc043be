// Accounts, groups, memberships: who may change them, and what is refused.

#include "schema/password.hpp"
#include "schema/queries/groups.hpp"
#include "schema/queries/own_sessions.hpp"
#include "schema/queries/people.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

struct people_lab {
  test::scratch_database db;
  viewer root = db.add_account("root", true);
  int64_t group = db.ask(create_group{.who = root, .name = "lab"}).self.id;
  viewer leader = join("leader", true), member = join("member", false),
         stranger = db.add_account("stranger");

  viewer join(const std::string& login, bool leads) {
    const auto made = db.add_account(login);
    db.ask(set_membership{root, group, made.account, leads});
    return now(login);
  }
  viewer now(const std::string& login) {
    return db.ask(find_session{hash_token(login)}).who;
  }
  int64_t audits() {
    int64_t rows = 0;
    db.sql() << "select count(*) from audits", soci::into(rows);
    return rows;
  }
};

} // namespace

TEST_CASE("people: names for everybody, the rest for leaders and administrators") {
  people_lab l;
  auto known_to = [&](const viewer& who) {
    return l.db.ask(find_person{who, l.member.account}).known;
  };
  CHECK(known_to(l.member));
  CHECK(known_to(l.leader));
  CHECK(known_to(l.root));
  CHECK_FALSE(known_to(l.stranger));
  auto all = l.db.ask(list_people{.who = l.stranger, .page = {.limit = 3}});
  CHECK(all.total == 4);
  REQUIRE(all.items.size() == 3);
  auto rest = l.db.ask(list_people{.who = l.stranger, .page = {.after = all.next}});
  REQUIRE(rest.items.size() == 1);
  CHECK(rest.items[0].login == "stranger");
  CHECK(l.db.ask(list_people{.who = l.root, .search = "EMB"}).items.size() == 1);
  CHECK(l.db.ask(list_people{.who = l.root, .search = "%"}).items.empty());
}

TEST_CASE("people: own words are one's own, the rest takes a privilege") {
  people_lab l;
  auto changed = l.db.ask(change_person{
    .who = l.member, .account = l.member.account, .words = {.first_name = "Ada"}});
  CHECK(changed.name == "Ada");
  const auto before = l.audits();
  for (auto& who : {l.member, l.leader, l.stranger}) {
    CHECK(
      l.db.refusal(change_person{.who = who, .account = l.member.account, .admin = true})
      == errc::denied);
    CHECK(l.db.refusal(change_person{
            .who = who, .account = l.root.account, .words = {.email = "x@example.org"}})
          == errc::denied);
  }
  CHECK(l.audits() == before);
  l.db.ask(change_person{.who = l.root, .account = l.member.account, .active = false});
  CHECK(l.db.refusal(find_session{hash_token("member")}) == errc::signed_out);
  CHECK(l.db.ask(list_people{.who = l.stranger}).total == 3);
  CHECK(l.db.ask(list_people{.who = l.root}).total == 4);
}

TEST_CASE("people: nobody gives or touches more than they have") {
  people_lab l;
  l.db.add_account("helper", true);
  const auto few = static_cast<int32_t>(privilege::modify_account)
                   | static_cast<int32_t>(privilege::act_as);
  l.db.ask(
    change_person{.who = l.root, .account = l.now("helper").account, .privileges = few});
  const auto helper = l.now("helper");
  CHECK(helper.privileges == few);
  auto refused = [&](change_person q) {
    q.who = helper;
    return l.db.refusal(q);
  };
  const auto root = l.root.account, member = l.member.account;
  CHECK(refused({.account = root, .words = {.email = "x@example.org"}}) == errc::denied);
  CHECK(l.db.refusal(change_secret{helper, root, "$new"}) == errc::denied);
  // Acting as root gives no more than both have.
  CHECK(l.db.ask(act_as{helper, root, hash_token("h")}).who.privileges == few);
  CHECK(refused({.account = member, .admin = true}) == errc::denied);
  CHECK(refused({.account = member, .admin = true, .privileges = all_privileges})
        == errc::denied);
  CHECK(refused({.account = helper.account, .privileges = all_privileges})
        == errc::denied);
  CHECK(refused({.account = member, .admin = true, .privileges = few}) == errc::none);
  CHECK(l.db.refusal(create_group{.who = helper, .name = "x"}) == errc::denied);
  CHECK(l.db.refusal(change_person{.who = l.root, .account = root, .active = false})
        == errc::conflict);
  CHECK(l.db.refusal(change_person{.who = l.root, .account = root, .login = "boss"})
        == errc::conflict);
}

TEST_CASE("people: accounts are made by administrators, and by leaders in their groups") {
  people_lab l;
  auto made = l.db.ask(add_person{.who = l.leader, .login = "fresh", .group = l.group});
  CHECK(made.default_group == l.group);
  CHECK(l.db.refusal(add_person{.who = l.leader, .login = "a", .group = l.member.group})
        == errc::denied);
  CHECK(l.db.refusal(
          add_person{.who = l.leader, .login = "a", .group = l.group, .admin = true})
        == errc::denied);
  CHECK(l.db.refusal(add_person{.who = l.member, .login = "a", .group = l.group})
        == errc::denied);
  CHECK(l.db.refusal(add_person{.who = l.root, .login = "fresh", .group = l.group})
        == errc::conflict);
  CHECK(l.db.refusal(add_person{.who = l.root, .login = "a", .group = 999})
        == errc::not_found);
}

TEST_CASE("groups: leaders change words and level, administrators the name") {
  people_lab l;
  auto refused = [&](const viewer& who, change_group q) {
    q.who = who;
    q.group = l.group;
    return l.db.refusal(q);
  };
  CHECK(refused(l.member, {.description = "x"}) == errc::denied);
  CHECK(refused(l.stranger, {.description = "x"}) == errc::not_found);
  CHECK(refused(l.leader, {.description = "x"}) == errc::none);
  CHECK(refused(l.leader, {.level = group_level::annotate}) == errc::none);
  CHECK(refused(l.leader, {.level = group_level::write}) == errc::denied);
  CHECK(refused(l.root, {.level = group_level::write}) == errc::none);
  CHECK(refused(l.leader, {.name = "mine"}) == errc::denied);
  CHECK(refused(l.root, {.name = "default"}) == errc::conflict);
  CHECK(refused(l.root, {.name = "Lab 2"}) == errc::none);
  CHECK(l.db.ask(find_group{l.member, l.group}).self.level == group_level::write);
  CHECK(l.db.refusal(find_group{l.stranger, l.group}) == errc::not_found);
  CHECK(l.db.refusal(list_groups{.who = l.leader, .all = true}) == errc::denied);
  CHECK(l.db.ask(list_groups{.who = l.root, .all = true}).size() == 4);
  CHECK(l.db.ask(list_groups{.who = l.member}).size() == 3); // default, Lab 2, user
}

TEST_CASE("groups: becoming private is told first, then costs what was told") {
  people_lab l;
  l.db.ask(change_group{.who = l.root, .group = l.group, .level = group_level::write});
  auto inside = [&](const std::string& login) { return within(l.now(login), {l.group}); };
  const auto member = inside("member"), leader = inside("leader");
  const auto image = l.db.add_image(member, "cell.tif");
  l.db.sql() << "insert into rois (owner_id, group_id, image_id) values (:o, :g, :i)",
    soci::use(leader.account, "o"), soci::use(l.group, "g"), soci::use(image, "i");
  l.db.sql() << "insert into rois (owner_id, group_id, image_id) values (:o, :g, :i)",
    soci::use(member.account, "o"), soci::use(l.group, "g"), soci::use(image, "i");
  l.db.sql() << R"sql(
    with made as (
      insert into annotations (owner_id, group_id, kind, text_value)
      values (:o, :g, 2, 'nice')
      returning id
    )
    insert into annotation_links (parent_id, child_id, kind, group_id, owner_id)
    select :i, id, 3, :g, :o from made)sql",
    soci::use(leader.account, "o"), soci::use(l.group, "g"), soci::use(image, "i");
  change_group q{
    .who = l.root, .group = l.group, .level = group_level::private_, .preview = true};
  auto count = [&](const std::string& table) {
    int64_t rows = 0;
    l.db.sql() << "select count(*) from " + table, soci::into(rows);
    return rows;
  };
  const auto told = l.db.ask(q).losses;
  CHECK(told.rois == 1);
  CHECK(told.annotation_links == 1);
  CHECK(told.comments == 1);
  CHECK(told.plates == 0);
  CHECK(count("rois") == 2);
  CHECK(l.db.ask(find_group{l.root, l.group}).self.level == group_level::write);
  q.preview = false;
  const auto lost = l.db.ask(q).losses;
  CHECK(lost.rois == told.rois);
  CHECK(lost.annotation_links == told.annotation_links);
  CHECK(lost.comments == told.comments);
  CHECK(count("rois") == 1);
  CHECK(count("annotations") == 0);
  CHECK(l.db.ask(find_group{l.root, l.group}).self.level == group_level::private_);
}

TEST_CASE("groups: nobody loses their last group, the server keeps its own") {
  people_lab l;
  int64_t first = 0, user = 0;
  l.db.sql() << "select id from groups where name = 'default'", soci::into(first);
  l.db.sql() << "select id from groups where name = 'user'", soci::into(user);
  CHECK(l.db.refusal(remove_membership{l.root, user, l.member.account})
        == errc::conflict);
  CHECK(l.db.refusal(set_membership{l.member, l.group, l.stranger.account})
        == errc::denied);
  CHECK(l.db.refusal(set_membership{l.leader, l.group, 999}) == errc::not_found);
  l.db.ask(remove_membership{l.root, first, l.member.account});
  CHECK(l.db.ask(find_person{l.root, l.member.account}).default_group == l.group);
  CHECK(l.now("member").group == l.group);
  CHECK(l.db.refusal(remove_membership{l.leader, l.group, l.member.account})
        == errc::conflict);
}

TEST_CASE("sessions: listed, revoked, and tokens with fewer rights") {
  people_lab l;
  auto mine = l.db.ask(list_sessions{l.member}).items;
  REQUIRE(mine.size() == 1);
  CHECK(mine[0].current);
  CHECK(l.db.refusal(list_sessions{l.member, true}) == errc::denied);
  CHECK(l.db.ask(list_sessions{l.root, true}).items.size() == 4);
  CHECK(l.db.refusal(revoke_session{l.member, l.leader.session}) == errc::not_found);
  make_token q{
    .who = l.member, .name = "script", .token_hash = hash_token("t"), .scopes = 1};
  CHECK(l.db.ask(q).kind == session_kind::token);
  const auto token = l.db.ask(find_session{hash_token("t")});
  CHECK(token.may(scope::read));
  CHECK_FALSE(token.may(scope::write));
  q.who = token.who;
  q.token_hash = hash_token("u");
  CHECK(l.db.refusal(q) == errc::denied); // a token makes no tokens
  l.db.ask(revoke_session{l.root, token.id});
  CHECK(l.db.refusal(find_session{hash_token("t")}) == errc::signed_out);
}

TEST_CASE("sessions: acting as somebody is a session of theirs that tells who") {
  people_lab l;
  auto as_member = l.db.ask(act_as{l.root, l.member.account, hash_token("a")});
  CHECK(as_member.who.account == l.member.account);
  CHECK(as_member.who.sudoer == l.root.account);
  CHECK(as_member.kind == session_kind::acting_as);
  CHECK(l.db.refusal(act_as{as_member.who, l.leader.account, hash_token("b")})
        == errc::denied);
  CHECK(l.db.refusal(act_as{l.member, l.leader.account, hash_token("b")})
        == errc::denied);
  CHECK(l.db.refusal(act_as{l.leader, l.root.account, hash_token("b")}) == errc::denied);
  CHECK(l.db.refusal(act_as{l.leader, l.stranger.account, hash_token("b")})
        == errc::denied);
  // A leader acts as a member, inside the group only.
  const auto elsewhere = l.db.add_image(l.member, "elsewhere.tif");
  const auto led = l.db.ask(act_as{l.leader, l.member.account, hash_token("c")}).who;
  CHECK(led.group == l.group);
  CHECK(l.db.refusal(find_image{led, elsewhere}) == errc::not_found);
  CHECK(l.db.refusal(find_image{l.now("member"), elsewhere}) == errc::none);
  int64_t noted = 0;
  l.db.sql() << "select count(*) from audits where action = 9", soci::into(noted);
  CHECK(noted == 2);
}

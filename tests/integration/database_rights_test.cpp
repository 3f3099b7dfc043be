// Who may do what with whose things: the SQL functions against the rules as
// the domain reference states them, for every actor, level and owner.

#include "schema/password.hpp"
#include "schema/queries/own_sessions.hpp"
#include "schema/queries/people.hpp"
#include "tests/support/rights_table.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

namespace {

struct house {
  test::scratch_database db;
  int64_t group = 0;
  std::array<viewer, roles.size()> who;
  int64_t image = 0;

  explicit house(int level) {
    db.sql() << "insert into groups (name, level) values ('lab', :level) returning id",
      soci::use(level, "level"), soci::into(group);
    for (auto r : roles)
      who[index(r)] = make(r);
    image = db.add_image(viewer_of(role::owner), "cell.tif");
  }

  static size_t index(role r) { return static_cast<size_t>(r); }
  const viewer& viewer_of(role r) const { return who[index(r)]; }

  viewer make(role r) {
    const std::string login = role_names[index(r)];
    const bool outside = r == role::stranger || is_admin(r);
    auto made = db.add_account(login, is_admin(r), outside ? "default" : "lab");
    const auto held = privileges_of(r);
    const int leads = r == role::leader, reads = r == role::reader;
    db.sql()
      << "update accounts set privileges = :held, reader = :reads <> 0 where id = :id",
      soci::use(held, "held"), soci::use(reads, "reads"), soci::use(made.account, "id");
    db.sql() << "update memberships set leader = :leads <> 0"
                " where account_id = :id and group_id = :group",
      soci::use(leads, "leads"), soci::use(made.account, "id"), soci::use(group, "group");
    return db.ask(find_session{hash_token(login)}).who;
  }

  /// What the functions say of the owner's image.
  rights found(const viewer& v) {
    auto literal = to_sql(v);
    int view = 0, bits = 0;
    db.sql() << R"sql(
      select cast(visible(i.owner_id, i.group_id, cast(:who as viewer)) as integer),
             rights_on(i.owner_id, i.group_id, cast(:who as viewer))
        from images as i
       where i.id = :image)sql",
      soci::use(literal, "who"), soci::use(image, "image"), soci::into(view),
      soci::into(bits);
    return {view != 0,       (bits & 1) != 0,  (bits & 2) != 0, (bits & 4) != 0,
            (bits & 8) != 0, (bits & 16) != 0, (bits & 32) != 0};
  }
};

} // namespace

TEST_CASE("database: rights of every actor at every level of a group") {
  for (int level = 0; level <= 3; ++level) {
    house h{level};
    for (auto r : roles) {
      CAPTURE(level);
      CAPTURE(role_names[house::index(r)]);
      // Before anything is theirs the reader's viewer was made: look again.
      const auto now =
        h.db.ask(find_session{hash_token(role_names[house::index(r)])}).who;
      CHECK(text(h.found(now)) == text(expected(r, level)));
    }
    // Signed out.
    CHECK(text(h.found(viewer{})) == text({}));
  }
}

TEST_CASE("database: within another group nothing of this one is seen or changed") {
  for (int level = 0; level <= 3; ++level) {
    house h{level};
    int64_t other = 0;
    h.db.sql() << "select id from groups where name = 'default'", soci::into(other);
    for (auto r : roles) {
      CAPTURE(role_names[house::index(r)]);
      CHECK(text(h.found(within(h.viewer_of(r), {other}))) == text({}));
      CHECK(text(h.found(within(h.viewer_of(r), {h.group}))) == text(expected(r, level)));
    }
  }
}

TEST_CASE("database: who has left a group keeps what is theirs, and only that") {
  house h{2};
  auto member = h.viewer_of(role::member);
  const auto theirs = h.db.add_image(member, "kept.tif");
  h.db.sql() << "delete from memberships where account_id = :id and group_id = :group",
    soci::use(member.account, "id"), soci::use(h.group, "group");
  member = h.db.ask(find_session{hash_token("member")}).who;
  CHECK(text(h.found(member)) == text({}));
  h.image = theirs;
  CHECK(text(h.found(member)) == text(expected(role::owner, 2)));
}

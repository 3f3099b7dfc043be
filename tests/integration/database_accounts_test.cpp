// Accounts, the throttle of wrong passwords, sessions.

#include "schema/password.hpp"
#include "schema/queries/accounts.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

using namespace troupe;

TEST_CASE("database: an account is found by its login") {
  test::scratch_database db;
  auto made = db.ask(create_account{.login = "ada",
                                    .first_name = "Ada",
                                    .last_name = "Lovelace",
                                    .email = "ada@example.org",
                                    .secret = hash_password("correct horse"),
                                    .admin = true});
  CHECK(made.name == "Ada Lovelace");
  auto found = db.ask(find_account{"ada", "10.0.0.1"});
  CHECK(found.id == made.id);
  CHECK(found.admin);
  CHECK(found.active);
  CHECK(found.blocked_seconds == 0);
  CHECK(password_matches("correct horse", found.secret));
  CHECK(db.ask(find_account{"nobody", "10.0.0.1"}).id == 0);
  CHECK(db.ask(find_account{std::string(100'000, 'x'), "10.0.0.1"}).id == 0);
  auto all = db.ask(list_accounts{});
  REQUIRE(all.size() == 1);
  CHECK(all[0].secret.empty());
}

TEST_CASE("database: unusable and taken logins are refused") {
  test::scratch_database db;
  db.ask(create_account{.login = "ada"});
  auto refusal = [&](const create_account& q) { return db.refusal(q); };
  CHECK(refusal({.login = "ada"}) == errc::conflict);
  CHECK(refusal({.login = "bob", .group = "nowhere"}) == errc::not_found);
  for (std::string login : {"", "a b", "a\nb", "ä", "a/b"})
    CHECK(refusal({.login = login}) == errc::bad_request);
  CHECK(refusal({.login = std::string(65, 'a')}) == errc::bad_request);
  CHECK(refusal({.login = std::string("a\0b", 3)}) == errc::bad_request);
  CHECK(refusal({.login = "bob", .first_name = std::string("B\0b", 3)})
        == errc::bad_request);
  CHECK(refusal({.login = "bob", .first_name = "B\xff"}) == errc::bad_request);
  CHECK(db.ask(list_accounts{}).size() == 1);
}

TEST_CASE("database: the third failure blocks, each further one twice as long") {
  test::scratch_database db;
  auto fail = [&](const std::string& login) {
    db.ask(note_sign_in{login, "10.0.0.1", false});
    return db.ask(find_account{login, "10.0.0.1"}).blocked_seconds;
  };
  for (std::string login : {"ada", "no such login"}) {
    CHECK(fail(login) == 0);
    CHECK(fail(login) == 0);
    CHECK(fail(login) == 2);
    CHECK(fail(login) == 4);
    CHECK(fail(login) == 8);
    for (int i = 0; i < 20; ++i)
      fail(login);
    CHECK(fail(login) == 15 * 60);
    CHECK(db.ask(find_account{login, "10.0.0.2"}).blocked_seconds == 0);
    db.ask(note_sign_in{login, "10.0.0.1", true});
    CHECK(db.ask(find_account{login, "10.0.0.1"}).blocked_seconds == 0);
    CHECK(fail(login) == 0);
  }
}

TEST_CASE("database: failures are forgotten after a day") {
  test::scratch_database db;
  for (int i = 0; i < 10; ++i)
    db.ask(note_sign_in{"ada", "10.0.0.1", false});
  for (int i = 0; i < 3; ++i)
    db.ask(note_sign_in{"bob", "10.0.0.1", false});
  db.sql() << "update sign_in_failures set failed = failed - interval '25 hours'";
  db.ask(note_sign_in{"ada", "10.0.0.1", false});
  int64_t rows = 0, failures = 0;
  db.sql() << "select count(*), max(failures) from sign_in_failures", soci::into(rows),
    soci::into(failures);
  CHECK(rows == 1);
  CHECK(failures == 1);
}

TEST_CASE("database: a session is found until it is closed or expires") {
  test::scratch_database db;
  auto ada = db.ask(create_account{.login = "ada", .first_name = "Ada"});
  auto hash = hash_token("t");
  auto opened =
    db.ask(open_session{.account = ada.id, .token_hash = hash, .agent = "Fire\xffox"});
  CHECK(opened.account.login == "ada");
  CHECK(opened.group_name == "default");
  CHECK(opened.who.account == ada.id);
  CHECK_FALSE(opened.who.everything);
  CHECK(db.ask(find_session{hash}).id == opened.id);
  auto signed_out = [&](const std::string& of) {
    return db.refusal(find_session{of}) == errc::signed_out;
  };
  CHECK(signed_out(hash_token("other")));
  CHECK(signed_out("not a hash"));

  SUBCASE("closed") {
    db.ask(close_session{hash});
    CHECK(signed_out(hash));
  }
  SUBCASE("idle for too long") {
    db.sql() << "update sessions set last_seen = now() - interval '12 hours 1 second'";
    CHECK(signed_out(hash));
    db.ask(touch_sessions{{opened.id}}); // too late
    CHECK(signed_out(hash));
  }
  SUBCASE("touched in time, but too old in all") {
    db.sql() << "update sessions set last_seen = now() - interval '11 hours'";
    auto before = db.ask(find_session{hash}).expires;
    db.ask(touch_sessions{{opened.id, 12345}});
    CHECK(db.ask(find_session{hash}).expires - before >= 11 * 3600);
    db.sql() << "update sessions set created = now() - interval '30 days 1 second'";
    CHECK(signed_out(hash));
  }
  SUBCASE("of an account that was switched off") {
    db.sql() << "update accounts set active = false";
    CHECK(signed_out(hash));
    CHECK(db.refusal(open_session{.account = ada.id, .token_hash = hash_token("u")})
          == errc::not_found);
  }
  SUBCASE("of an account whose secret was replaced") {
    db.ask(note_sign_in{"ada", "10.0.0.1", false});
    db.ask(set_secret{"ada", "$new"});
    CHECK(signed_out(hash));
    CHECK(db.ask(find_account{"ada", ""}).secret == "$new");
    int64_t failures = 1;
    db.sql() << "select count(*) from sign_in_failures", soci::into(failures);
    CHECK(failures == 0);
  }
}

TEST_CASE("database: replacing the secret of nobody is refused") {
  test::scratch_database db;
  CHECK(db.refusal(set_secret{"ada", "$x"}) == errc::not_found);
  CHECK(db.refusal(set_secret{"a da", "$x"}) == errc::not_found);
}

TEST_CASE("database: what an account may see follows its groups") {
  test::scratch_database db;
  db.sql()
    << "insert into groups (name, level) values ('open', 1), ('led', 0), ('far', 1)";
  auto ada = db.ask(create_account{.login = "ada"});
  db.sql() << R"sql(
    insert into memberships (account_id, group_id, leader)
    select :ada, id, name = 'led'
      from groups
     where name in ('open', 'led'))sql",
    soci::use(ada.id, "ada");
  auto id = [&](const std::string& name) {
    int64_t found = 0;
    db.sql() << "select id from groups where name = :name", soci::use(name, "name"),
      soci::into(found);
    return found;
  };
  auto who = db.ask(open_session{.account = ada.id, .token_hash = hash_token("t")}).who;
  CHECK(who.group == id("default"));
  CHECK(who.full == std::vector{id("user"), id("open"), id("led")});
  CHECK(who.own == std::vector{id("default")});

  db.sql() << "delete from memberships where group_id <> (select id from groups where "
              "name = 'user')";
  db.sql() << R"sql(
    insert into projects (owner_id, group_id, name)
    select :ada, id, 'left behind' from groups where name = 'far')sql",
    soci::use(ada.id, "ada");
  who = db.ask(find_session{hash_token("t")}).who;
  CHECK(who.full == std::vector{id("user")});
  CHECK(who.own == std::vector{id("far")});
}

// From an empty database to this program's schema, once, and no other way.

#include "schema/connection.hpp"
#include "schema/migrate.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace troupe;
using content = test::scratch_database::content;

namespace {

std::string refusal_of(soci::session& sql, const std::vector<migration>& steps) {
  try {
    migrate(sql, steps);
    return "";
  } catch (const failure& f) {
    return to_string(f.code) + ": " + f.what();
  }
}

} // namespace

TEST_CASE("database: migrations run from empty, and only once") {
  test::scratch_database db{content::empty};
  CHECK_FALSE(is_migrated(db.sql()));
  CHECK(migrate(db.sql()) == static_cast<int>(migrations.size()));
  CHECK(is_migrated(db.sql()));
  CHECK(migrate(db.sql()) == 0);
  for (size_t i = 0; i < migrations.size(); ++i) {
    CHECK(migrations[i].version == static_cast<int>(i) + 1);
    CHECK(migrations[i].sql.starts_with("-- "));
  }
}

TEST_CASE("database: a changed migration and a newer schema are refused by name") {
  test::scratch_database db;
  auto changed = migrations;
  changed[2].sql = "select 1";
  CHECK(refusal_of(db.sql(), changed)
        == "conflict: migration " + std::string{changed[2].name}
               + " was applied in another form");
  auto older = migrations;
  older.pop_back();
  CHECK(refusal_of(db.sql(), older).find("use a newer one") != std::string::npos);
  CHECK(is_migrated(db.sql()));
}

TEST_CASE("database: a migration that fails leaves nothing of itself") {
  test::scratch_database db;
  auto steps = migrations;
  int next = steps.back().version + 1;
  steps.push_back({next, "0099_half", "create table half (id bigint); select 1/0;"});
  CHECK(refusal_of(db.sql(), steps).starts_with("internal: migration 0099_half: ERROR"));
  int present = 1;
  db.sql() << "select cast(to_regclass('half') is not null as integer)",
      soci::into(present);
  CHECK(present == 0);
  steps.back().sql = "create table half (note text default ':x'); -- a \"note:\" )sql\"";
  CHECK(migrate(db.sql(), steps) == 1);
}

TEST_CASE("database: two servers may migrate at the same time") {
  test::scratch_database db{content::empty};
  std::vector<int> applied(4, -1);
  std::vector<std::thread> servers;
  for (auto& count : applied)
    servers.emplace_back([&] {
      soci::session sql;
      connect(sql, {.uri = db.uri()});
      count = migrate(sql);
    });
  int total = 0;
  for (size_t i = 0; i < servers.size(); ++i) {
    servers[i].join();
    total += applied[i];
  }
  CHECK(total == static_cast<int>(migrations.size()));
}

TEST_CASE("database: one server at a time lives on a database") {
  test::scratch_database db;
  CHECK(claim_database(db.sql()));
  {
    soci::session other;
    connect(other, {.uri = db.uri()});
    CHECK_FALSE(claim_database(other));
  }
  db.sql().close();
  soci::session next;
  connect(next, {.uri = db.uri()});
  bool claimed = false;
  for (int i = 0; i < 100 && !claimed; ++i) {
    claimed = claim_database(next);
    if (!claimed)
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  CHECK(claimed);
}

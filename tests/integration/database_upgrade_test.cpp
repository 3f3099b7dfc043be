// A database that the server before groups, rights and search had filled, brought up to
// this one: nothing is lost, everybody sees and may what the rules say, all is found.

#include "schema/migrate.hpp"
#include "schema/native.hpp"
#include "schema/password.hpp"
#include "schema/queries/accounts.hpp"
#include "schema/queries/history.hpp"
#include "schema/queries/search.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <map>
#include <memory>
#include <set>

using namespace troupe;
using nlohmann::json;

namespace {

constexpr size_t old_steps = 15;

/// Not through SOCI, which takes the colons of times for parameters.
void run_script(soci::session& sql, const std::string& text) {
  std::unique_ptr<PGresult, decltype(&PQclear)> result{PQexec(native(sql), text.c_str()),
                                                       PQclear};
  const auto status = PQresultStatus(result.get());
  REQUIRE_MESSAGE((status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK),
                  PQresultErrorMessage(result.get()));
}

/// The tables of the old schema with its rows; the checksums are those of the time.
struct old_database : test::scratch_database {
  old_database() : scratch_database{content::empty} {
    migrate(sql(), {migrations.begin(), migrations.begin() + old_steps});
    run_script(sql(), test::text_of_file(std::filesystem::path{TROUPE_SOURCE_DIR}
                                         / "tests/integration/fixtures/schema_0015.sql"));
  }

  std::string text(const std::string& query) {
    std::string out;
    sql() << query, soci::into(out);
    return out;
  }
  int64_t number(const std::string& query) {
    long long out = 0;
    sql() << query, soci::into(out);
    return out;
  }
  std::set<std::string> tables() {
    std::set<std::string> out;
    soci::rowset<std::string> names =
      (sql().prepare << "select cast(c.relname as text) from pg_class as c"
                        " where c.relnamespace = cast('public' as regnamespace)"
                        "   and c.relkind in ('r', 'p') and not c.relispartition"
                        "   and c.relname <> 'schema_versions'");
    out.insert(names.begin(), names.end());
    return out;
  }
  std::string found(const viewer& who, const std::string& words) {
    std::set<std::string> names;
    for (auto& item : ask(search_objects{.who = who, .words = words}).items)
      names.insert(json::parse(item.text).at("name"));
    return fmt::format("{}", fmt::join(names, ", "));
  }
  viewer signed_in(int64_t account) {
    const auto token = "now " + std::to_string(account);
    return ask(open_session{.account = account, .token_hash = hash_token(token)}).who;
  }
};

} // namespace

TEST_CASE("upgrade: every row of the old database is there, as it was") {
  old_database db;
  const auto tables = db.tables();
  db.sql() << "create temporary table kept (name text, content jsonb)";
  for (auto& table : tables) {
    CAPTURE(table);
    db.sql() << fmt::format(
      "insert into kept select '{0}', to_jsonb(whole) from {0} as whole", table);
    CHECK(db.number(fmt::format("select count(*) from {}", table)) > 0);
  }
  CHECK(migrate(db.sql()) == static_cast<int>(migrations.size() - old_steps));
  CHECK(is_migrated(db.sql()));
  for (auto& table : tables) {
    CAPTURE(table);
    CHECK(db.number(fmt::format("select count(*) from kept as k where k.name = '{0}'"
                                " and not exists (select from {0} as whole"
                                " where to_jsonb(whole) @> k.content)",
                                table))
          == 0);
  }
}

TEST_CASE("upgrade: members may with others' things what the group's level says") {
  old_database db;
  migrate(db.sql());
  const auto root = db.signed_in(1), ada = db.signed_in(2), bert = db.signed_in(3),
             cleo = db.signed_in(4);
  auto rights = [&](const viewer& who, int level) {
    return db.text(
      fmt::format("select array_to_string(right_names(rights_on(owner_id, group_id,"
                  " cast('{}' as viewer))), ' ') from images where id = {}",
                  to_sql(who), 100 + level));
  };
  auto seen = [&](const viewer& who) {
    return db.text(
      fmt::format("select coalesce(string_agg(cast(id as text), ' ' order by id), '')"
                  " from images where visible(owner_id, group_id, cast('{}' as viewer))",
                  to_sql(who)));
  };
  CHECK(seen(ada) == "100 101 102 103");
  CHECK(seen(bert) == "101 102 103");
  CHECK(seen(cleo) == "101");
  CHECK(seen(root) == "100 101 102 103");
  CHECK(rights(ada, 0) == "annotate edit link delete move");
  CHECK(rights(bert, 1) == "");
  CHECK(rights(bert, 2) == "annotate");
  CHECK(rights(bert, 3) == "annotate edit link delete");
  CHECK(rights(cleo, 1) == "annotate edit link delete give"); // leads the group
  CHECK(rights(root, 0) == "edit delete move give");
  CHECK(rights(root, 1) == "annotate edit link delete move give");
}

TEST_CASE("upgrade: old objects are found by all their words, keys are counted") {
  old_database db;
  migrate(db.sql());
  const auto ada = db.signed_in(2), bert = db.signed_in(3);
  CHECK(db.found(ada, "mitosis type:image")
        == "mitosis 0.tif, mitosis 1.tif, mitosis 2.tif, mitosis 3.tif");
  CHECK(db.found(bert, "mitosis type:image")
        == "mitosis 1.tif, mitosis 2.tif, mitosis 3.tif");
  CHECK(db.found(bert, "tag:anaphase") == "mitosis 3.tif");
  CHECK(db.found(ada, "tag:anaphase") == "mitosis 0.tif, mitosis 3.tif");
  CHECK(db.found(bert, "Gene=AURKA") == "mitosis 3.tif");
  CHECK(db.found(bert, "\"out of focus\"") == "mitosis 3.tif");
  CHECK(db.found(bert, "kinases") == "Kinases");
  CHECK(db.found(bert, "protocol") == "Tuesday"); // its attachment
  CHECK(db.number("select uses from annotation_keys"
                  " where group_id = 13 and owner_id = 2 and key = 'Gene'")
        == 2);
}

TEST_CASE("upgrade: history and sessions go on") {
  old_database db;
  migrate(db.sql());
  const auto bert = db.ask(find_session{hash_token("bert's token")}).who;
  CHECK(bert.account == 3);
  std::string actions;
  for (auto& item :
       db.ask(object_history{.who = bert, .type = object_type::image, .id = 103}).items)
    actions += json::parse(item.text).at("action").get<std::string>() + " ";
  CHECK(actions == "save-settings import ");
}

TEST_CASE("upgrade: the server starts on an old database and serves it") {
  old_database db;
  const auto secret = hash_password(test::running_server::password);
  db.sql() << "update accounts set secret = :secret where id in (1, 2)",
    soci::use(secret, "secret");
  test::running_server server{{.arguments = {"--database", db.uri()}}};
  CHECK(is_migrated(db.sql()));
  auto ada = server.signed_in("ada");
  CHECK(ada.read("/api/v1/projects").at("total") == 2);
  CHECK(ada.read("/api/v1/datasets/33/images").at("items").at(0).at("id") == 103);
  CHECK(ada.read("/api/v1/images/103").at("sizeX") == 512);
  CHECK(ada.read("/api/v1/images/103/annotations").at("items").size() == 4);
  CHECK(ada.read("/api/v1/images/103/rois").at("items").at(0).at("shapes").size() == 1);
  CHECK(ada.read("/api/v1/plates/72").at("wells").size() == 1);
  CHECK(ada.read("/api/v1/search?q=anaphase").at("total") == 2);
  const json gone{{"type", "dataset"}, {"ids", {33}}, {"contents", false}};
  CHECK(ada.make("/api/v1/deletions", gone).at("counts").at("dataset") == 1);
}

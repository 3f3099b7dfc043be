// A session that ends while something is asked of it.

#include "schema/connection.hpp"
#include "tests/support/running_server.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <future>

using namespace troupe::test;

namespace {

/// As an administrator reaches the server's own PostgreSQL.
struct own_database {
  explicit own_database(const running_server& server) {
    troupe::connect(sql,
                    {fmt::format("postgresql:///troupe?host={}&port=5432&user=troupe",
                                 (server.data() / "run").string())});
  }
  bool somebody_waits() {
    int waiting = 0;
    sql << "select count(*) from pg_locks where not granted", soci::into(waiting);
    return waiting > 0;
  }
  soci::session sql;
};

} // namespace

TEST_CASE("session end: what changes things and was under way is told why") {
  auto& server = shared_server();
  auto ada = server.add_user("gone.ada");
  own_database database{server};
  soci::transaction held{database.sql};
  database.sql << "lock table images in access exclusive mode";

  auto asked = std::async(std::launch::async, [who = ada]() mutable {
    const json box{
      {"type", "rectangle"}, {"x", 0}, {"y", 0}, {"width", 1}, {"height", 1}};
    return who.post("/api/v1/images/1/shape-statistics", box);
  });
  CHECK(comes_true([&] { return database.somebody_waits(); }));
  CHECK(ada.remove("/api/v1/session").status == 204);
  held.rollback();
  const auto a = asked.get();
  CHECK(a.status == 401);
  CHECK(a.document().at("detail") == "the session is unknown or has expired");
}

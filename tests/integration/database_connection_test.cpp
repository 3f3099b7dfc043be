// What a connection is set up with, and what its errors mean to the rest.

#include "schema/connection.hpp"
#include "schema/kept_plans.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

struct refusal {
  errc code = errc::none;
  std::string text;
};

template <class Action>
refusal failing(soci::session& sql, Action action) {
  try {
    try {
      action();
    } catch (const std::exception&) {
      rethrow_as_failure(sql);
    }
  } catch (const failure& f) {
    return {f.code, f.what()};
  }
  return {};
}

std::string show(soci::session& sql, const std::string& setting) {
  std::string value;
  sql << "select current_setting(:name)", soci::use(setting, "name"), soci::into(value);
  return value;
}

} // namespace

TEST_CASE("database: a connection is set up for us") {
  test::scratch_database db;
  soci::session sql;
  connect(sql, {.uri = db.uri() + " options='-c work_mem=7MB'", .application = "a b'c"});
  CHECK(show(sql, "timezone") == "UTC");
  CHECK(show(sql, "statement_timeout") == "15s");
  CHECK(show(sql, "application_name") == "a b'c");
  CHECK(show(sql, "work_mem") == "7MB");
  CHECK(show(sql, "random_page_cost") == "1.1");
  CHECK(show(sql, "search_path") == "public");
}

TEST_CASE("database: a plan that is to be kept is made once for a connection") {
  test::scratch_database db;
  auto& sql = db.sql();
  const auto twice = [&](int64_t n) {
    int64_t found = 0;
    sql << kept << "select cast(:n as bigint) * 2", soci::use(n, "n"), soci::into(found);
    return found;
  };
  const auto names = [&] {
    int count = 0;
    sql << "select count(*) from pg_prepared_statements where statement like '%* 2'",
      soci::into(count);
    return count;
  };
  const auto list = [&](int64_t most) {
    soci::rowset<long long> rows =
      (sql.prepare << kept << "select generate_series(1, cast(:most as bigint))",
       soci::use(most, "most"));
    return std::vector<int64_t>(rows.begin(), rows.end());
  };
  CHECK(twice(4) == 8);
  CHECK(names() == 1);
  CHECK(twice(-1) == -2);
  CHECK(names() == 1);
  CHECK(list(2) == std::vector<int64_t>{1, 2});
  CHECK(list(3) == std::vector<int64_t>{1, 2, 3});

  soci::session other; // knows nothing of it
  connect(other, {.uri = db.uri()});
  int count = 0;
  other << "select count(*) from pg_prepared_statements", soci::into(count);
  CHECK(count == 0);
}

TEST_CASE("database: what is kept survives a failure of its transaction") {
  test::scratch_database db;
  auto& sql = db.sql();
  const auto half = [&](int64_t n) {
    int64_t found = 0;
    sql << kept << "select 10 / cast(:n as bigint)", soci::use(n, "n"), soci::into(found);
    return found;
  };
  {
    soci::transaction all{sql};
    CHECK_THROWS(half(0));
  }
  CHECK(half(5) == 2);
  CHECK_THROWS(sql << kept << "select nonsense");
  CHECK_THROWS(sql << kept << "select nonsense");
  CHECK(half(2) == 5);
}

TEST_CASE("database: an address that leads nowhere says so without the password") {
  for (const std::string& uri :
       {std::string{"postgresql://ada:hunter2@127.0.0.1:1/x"},
        std::string{"postgresql:///x?host=/nowhere&password=hunter2"},
        std::string{"postgresql://ada:hunter2@[::1/x"},
        std::string{"password=hunter2 x"}}) {
    soci::session sql;
    auto refused = failing(sql, [&] { connect(sql, {.uri = uri}); });
    CHECK(refused.code == errc::unavailable);
    CHECK_FALSE(refused.text.empty());
    CHECK(refused.text.find("hunter2") == std::string::npos);
    CHECK_FALSE(is_alive(sql));
  }
}

TEST_CASE("database: errors are told by what they mean, without values") {
  test::scratch_database db;
  auto& sql = db.sql();
  std::string value = "hunter2";
  sql << "create table things (name text unique, account bigint references accounts)";
  sql << "insert into things values ('hunter2')";
  auto taken =
    failing(sql, [&] { sql << "insert into things values (:v)", soci::use(value, "v"); });
  CHECK(taken.code == errc::conflict);
  CHECK(taken.text == "there is such a one already");
  CHECK(failing(sql, [&] { sql << "insert into things values ('x', 77)"; }).code
        == errc::not_found);
  auto odd =
    failing(sql, [&] { sql << "select cast(:v as bigint)", soci::use(value, "v"); });
  CHECK(odd.code == errc::internal);
  CHECK(odd.text.find("hunter2") == std::string::npos);
  CHECK(failing(sql, [&] { sql << "select nonsense"; }).code == errc::internal);
  CHECK(failing(sql, [&] { throw failure{errc::gone, "x"}; }).code == errc::gone);
  CHECK(failing(sql, [&] { throw std::out_of_range{"x"}; }).code == errc::internal);
  sql << "set statement_timeout = 50";
  CHECK(failing(sql, [&] { sql << "select pg_sleep(5)"; }).code == errc::unavailable);
  CHECK(is_alive(sql));
}

TEST_CASE("database: what may be tried again is known") {
  test::scratch_database db;
  soci::session other;
  connect(other, {.uri = db.uri()});
  db.sql() << "begin isolation level serializable";
  db.sql() << "update groups set description = 'a'";
  other << "begin isolation level serializable";
  bool retryable = false;
  try {
    int64_t count = 0;
    other << "select count(*) from groups", soci::into(count);
    db.sql() << "commit";
    other << "update groups set description = 'b'";
  } catch (const std::exception& e) {
    retryable = is_retryable(e);
  }
  CHECK(retryable);
  CHECK_FALSE(is_retryable(std::runtime_error{"x"}));
}

TEST_CASE("database: a lost connection is noticed without asking") {
  test::scratch_database db;
  soci::session other;
  connect(other, {.uri = db.uri()});
  CHECK(is_alive(other));
  int pid = 0;
  other << "select pg_backend_pid()", soci::into(pid);
  db.sql() << "select pg_terminate_backend(:pid, 5000)", soci::use(pid, "pid");
  CHECK_FALSE(is_alive(other));
  CHECK(failing(other, [&] { other << "select 1"; }).code == errc::unavailable);
}

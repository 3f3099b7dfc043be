#include "schema/message.hpp"

#include <doctest/doctest.h>

using namespace troupe;

TEST_CASE("message: a viewer as a literal of the SQL type") {
  CHECK(to_sql({}) == R"((0,f,"{}","{}"))");
  CHECK(to_sql({.account = 5, .group = 3, .admin = true}) == R"((5,t,"{}","{}"))");
  CHECK(to_sql({.account = 5'000'000'000, .full = {1, 2}, .own = {9'000'000'000}})
        == R"((5000000000,f,"{1,2}","{9000000000}"))");
}

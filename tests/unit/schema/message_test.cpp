#include "schema/message.hpp"

#include <doctest/doctest.h>

using namespace troupe;

TEST_CASE("message: a viewer as a literal of the SQL type") {
  CHECK(to_sql({}) == R"((0,f,"{}","{}",0,0,"{}","{}","{}","{}"))");
  CHECK(to_sql({.account = 5, .group = 3, .everything = true})
        == R"((5,t,"{}","{}",0,0,"{}","{}","{}","{}"))");
  CHECK(
    to_sql({.account = 5'000'000'000,
            .full = {1, 2},
            .own = {9'000'000'000},
            .author = 5'000'000'000,
            .privileges = 2,
            .edit = {1},
            .annotate = {2},
            .link = {3},
            .led = {4, 5}})
    == R"((5000000000,f,"{1,2}","{9000000000}",5000000000,2,"{1}","{2}","{3}","{4,5}"))");
}

TEST_CASE("message: within groups nothing outside them is seen") {
  const viewer member{.account = 5, .group = 1, .full = {1, 2}, .own = {3, 4}};
  const auto inside = within(member, {2, 3});
  CHECK(inside.full == std::vector<int64_t>{2});
  CHECK(inside.own == std::vector<int64_t>{3});
  CHECK(inside.group == 2);
  const auto admin = within({.account = 1, .group = 7, .everything = true}, {7});
  CHECK_FALSE(admin.everything);
  CHECK(admin.full == std::vector<int64_t>{7});
  CHECK(admin.group == 7);
}

#include "schema/queries/paging.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

using namespace troupe;

TEST_CASE("paging: a key tells where a list goes on") {
  list_position at{"img \"10\" ü", 9'000'000'000, 2500};
  auto key = to_key("images/name", at);
  CHECK(key.find_first_of("+/= \"") == std::string::npos);
  CHECK(position_of("images/name", {.after = key}) == at);
  CHECK_FALSE(position_of("images/name", {}).has_value());
}

TEST_CASE("paging: what is no key of the list is refused") {
  auto key = to_key("images/name", {"a", 1, 2});
  auto refuses = [](const char* list, const std::string& text) {
    try {
      position_of(list, {.after = text});
      return false;
    } catch (const failure& f) {
      return f.code == errc::bad_request;
    }
  };
  CHECK(refuses("images/id", key));
  for (size_t i = 0; i < key.size(); ++i)
    CHECK(refuses("images/name", key.substr(0, i) + "!" + key.substr(i + 1)));
  CHECK(refuses("images/name", "W10")); // []
  CHECK(refuses("images/name", std::string(100'000, 'A')));
  CHECK(refuses("images/name", to_key("images/name", {std::string("a\0b", 3), 1, 2})));
}

TEST_CASE("paging: limits are between 1 and 1000") {
  CHECK(limit_of({}) == 100);
  CHECK(limit_of({.limit = 1000}) == 1000);
  for (int32_t limit : {-1, 0, 1001})
    CHECK_THROWS_AS(limit_of({.limit = limit}), failure);
}

TEST_CASE("paging: times are real ones, as the database writes them") {
  CHECK(is_time("2024-02-29T23:59:59.123456Z"));
  CHECK_FALSE(is_time("2023-02-29T23:59:59.123456Z"));
  CHECK_FALSE(is_time("2024-02-29T24:00:00.000000Z"));
  CHECK_FALSE(is_time("0000-01-01T00:00:00.000000Z"));
  CHECK_FALSE(is_time("2024-02-29T23:59:59Z"));
  CHECK_FALSE(is_time("2024-02-29 23:59:59.123456Z"));
  CHECK_FALSE(is_time(""));
}

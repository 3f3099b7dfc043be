#include "actors/byte_cache.hpp"

#include <doctest/doctest.h>

using namespace troupe;

TEST_CASE("byte cache: finds what was kept and counts hits and misses") {
  byte_cache<int> cache{100};
  CHECK(cache.find("a") == nullptr);
  cache.keep("a", 7, 10);
  REQUIRE(cache.find("a") != nullptr);
  CHECK(*cache.find("a") == 7);
  CHECK(cache.hits == 2);
  CHECK(cache.misses == 1);
  CHECK(cache.bytes == 10);
  CHECK(cache.entries() == 1);
}

TEST_CASE("byte cache: lets go of what was not used for longest") {
  byte_cache<int> cache{30};
  cache.keep("a", 1, 10);
  cache.keep("b", 2, 10);
  cache.keep("c", 3, 10);
  cache.find("a");
  cache.keep("d", 4, 10);
  CHECK(cache.find("b") == nullptr);
  for (const auto* key : {"a", "c", "d"})
    CHECK(cache.find(key) != nullptr);
  CHECK(cache.bytes == 30);
}

TEST_CASE("byte cache: one large entry takes the place of several") {
  byte_cache<int> cache{30};
  for (const auto* key : {"a", "b", "c"})
    cache.keep(key, 0, 10);
  cache.keep("large", 1, 25);
  CHECK(cache.entries() == 1);
  CHECK(cache.bytes == 25);
  CHECK(cache.find("large") != nullptr);
}

TEST_CASE("byte cache: what is larger than all of it is not kept") {
  byte_cache<int> cache{30};
  cache.keep("a", 1, 10);
  cache.keep("huge", 2, 31);
  CHECK(cache.find("huge") == nullptr);
  CHECK(cache.find("a") != nullptr);
  byte_cache<int> off{0};
  off.keep("a", 1, 1);
  CHECK(off.entries() == 0);
}

TEST_CASE("byte cache: keeping the same key again changes nothing") {
  byte_cache<int> cache{30};
  cache.keep("a", 1, 10);
  cache.keep("a", 2, 20);
  CHECK(*cache.find("a") == 1);
  CHECK(cache.bytes == 10);
}

#include "storage/failure.hpp"
#include "storage/formats/tile_cache.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace troupe;
using formats::tile;
using formats::tile_cache;

namespace {

tile tile_of(size_t bytes) {
  return {{static_cast<int32_t>(bytes), 1},
          1,
          pixel_type::uint8,
          shared_bytes{shared_bytes::vector(bytes)}};
}

} // namespace

TEST_CASE("tile cache: keeps what was used last, within its bytes") {
  tile_cache cache{10'000};
  for (int32_t i = 0; i < 100; ++i)
    cache.get(1, {.column = i}, [] { return tile_of(1000); });
  CHECK(cache.read().bytes <= 10'000);
  CHECK(cache.read().entries > 0);
  const auto misses = cache.read().misses;
  cache.get(1, {.column = 99}, [] { return tile_of(1000); });
  CHECK(cache.read().misses == misses);
}

TEST_CASE("tile cache: a tile larger than the cache stays until the next one") {
  tile_cache cache{1000};
  cache.get(1, {}, [] { return tile_of(5000); });
  cache.get(1, {}, []() -> tile { throw failure{errc::internal, "decoded twice"}; });
  cache.get(1, {.column = 1}, [] { return tile_of(5000); });
  CHECK(cache.read().entries == 1);
}

TEST_CASE("tile cache: threads that want the same tile decode it once") {
  tile_cache cache{1 << 20};
  std::atomic<int> decoded{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int32_t column = 0; column < 50; ++column)
        cache.get(7, {.column = column}, [&] {
          ++decoded;
          std::this_thread::yield();
          return tile_of(100);
        });
    });
  threads.clear();
  CHECK(decoded == 50);
}

TEST_CASE("tile cache: a failure reaches whoever asked, and is not kept") {
  tile_cache cache{1 << 20};
  CHECK_THROWS_AS(cache.get(1, {},
                            []() -> tile {
                              throw failure{errc::unreadable, "broken"};
                            }),
                  failure);
  CHECK(cache.get(1, {}, [] { return tile_of(8); }).bytes.size() == 8);
}

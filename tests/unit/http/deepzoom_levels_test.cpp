#include "http/open/deepzoom/levels.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::http::deepzoom;

TEST_CASE("deep zoom: as many levels as it takes to come to one pixel") {
  CHECK(last_level({1, 1}) == 0);
  CHECK(last_level({2, 1}) == 1);
  CHECK(last_level({1024, 768}) == 10);
  CHECK(last_level({1025, 768}) == 11);
  CHECK(last_level({2'147'483'647, 1}) == 31);
}

TEST_CASE("deep zoom: a tile's place on the image and its own size") {
  const extent full{1501, 1101};
  const auto check_tile = [&](int32_t level, int32_t column, int32_t row, region where,
                              extent size) {
    CAPTURE(level);
    const auto tile = place_of(full, 256, level, column, row);
    CHECK(tile.where == where);
    CHECK(tile.size == size);
  };
  check_tile(11, 0, 0, {0, 0, 256, 256}, {256, 256});
  check_tile(11, 5, 4, {1280, 1024, 221, 77}, {221, 77});
  check_tile(10, 2, 2, {1024, 1024, 477, 77}, {239, 39}); // 751 x 551
  check_tile(8, 0, 0, {0, 0, 1501, 1101}, {188, 138});
  check_tile(0, 0, 0, {0, 0, 1501, 1101}, {1, 1});
}

TEST_CASE("deep zoom: tiles cover a level without a gap") {
  const extent full{777, 100};
  for (int32_t level = 0; level <= last_level(full); ++level) {
    int32_t covered = 0, drawn = 0;
    for (int32_t column = 0; covered < full.width; ++column) {
      const auto tile = place_of(full, 64, level, column, 0);
      CHECK(tile.where.x == covered);
      covered += tile.where.width;
      drawn += tile.size.width;
    }
    CHECK(covered == full.width);
    const auto factor = 1 << (last_level(full) - level);
    CHECK(drawn == (full.width + factor - 1) / factor);
  }
}

TEST_CASE("deep zoom: what is not there is said to be so") {
  CHECK_THROWS_AS(place_of({1501, 1101}, 256, 12, 0, 0), failure);
  CHECK_THROWS_AS(place_of({1501, 1101}, 256, -1, 0, 0), failure);
  CHECK_THROWS_AS(place_of({1501, 1101}, 256, 11, 6, 0), failure);
  CHECK_THROWS_AS(place_of({1501, 1101}, 256, 11, 0, 5), failure);
  CHECK_THROWS_AS(place_of({1501, 1101}, 256, 8, 1, 0), failure);
  CHECK_THROWS_AS(place_of({1501, 1101}, 256, 11, 999'999'999, 0), failure);
}

#include "storage/render/level_region.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::render;

namespace {

/// Halved twice, rounded up once and down once.
const std::vector<extent> levels{{1501, 1101}, {751, 551}, {375, 275}};

} // namespace

TEST_CASE("level region: a level is a whole number of times smaller, but for rounding") {
  CHECK(whole_factor({1501, 1101}, {1501, 1101}) == 1);
  CHECK(whole_factor({1501, 1101}, {751, 551}) == 2);
  CHECK(whole_factor({1501, 1101}, {750, 551}) == 2);
  CHECK(whole_factor({1500, 1500}, {5, 5}) == 256); // halved, always rounded down
  CHECK(whole_factor({900, 600}, {300, 200}) == 3);
  CHECK_FALSE(whole_factor({900, 600}, {400, 267}));
  CHECK_FALSE(whole_factor({900, 600}, {450, 200}));
}

TEST_CASE("level region: a tile comes from its own level, at the edges as well") {
  const auto tile = level_for(levels, {512, 512, 512, 512}, {256, 256});
  CHECK(tile.level == 1);
  CHECK(tile.where == region{256, 256, 256, 256});
  const auto edge = level_for(levels, {1024, 1024, 477, 77}, {239, 39});
  CHECK(edge.level == 1);
  CHECK(edge.where == region{512, 512, 239, 39});
  const auto rounded_down = level_for(levels, {1024, 1024, 477, 77}, {120, 20});
  CHECK(rounded_down.level == 2);
  CHECK(rounded_down.where == region{256, 256, 119, 19});
}

TEST_CASE("level region: never from fewer pixels than wanted") {
  CHECK(level_for(levels, {0, 0, 1501, 1101}, {1501, 1101}).level == 0);
  CHECK(level_for(levels, {0, 0, 1501, 1101}, {760, 560}).level == 0);
  CHECK(level_for(levels, {0, 0, 1501, 1101}, {751, 551}).level == 1);
  CHECK(level_for(levels, {0, 0, 1501, 1101}, {400, 10}).level == 1);
  CHECK(level_for(levels, {0, 0, 1501, 1101}, {10, 10}).level == 2);
  CHECK(level_for(levels, {0, 0, 1501, 1101}, {3000, 3000}).level == 0);
  const auto dot = level_for(levels, {7, 9, 1, 1}, {1, 1});
  CHECK(dot.level == 0);
  CHECK(dot.where == region{7, 9, 1, 1});
}

TEST_CASE("level region: what lies across pixels of the level is taken whole") {
  const auto odd = level_for(levels, {3, 5, 11, 12}, {4, 4});
  CHECK(odd.level == 1);
  CHECK(odd.where == region{1, 2, 6, 7}); // 2..14 and 4..18 of the full size
  const auto corner = level_for(levels, {1500, 1100, 1, 1}, {1, 1});
  CHECK(corner.where == region{1500, 1100, 1, 1});
}

#include "storage/failure.hpp"
#include "storage/render/draw.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::render;

namespace {

picture grey(int32_t width, int32_t height, const std::vector<uint8_t>& levels) {
  picture p{width, height, {}};
  for (auto l : levels)
    p.rgb.insert(p.rgb.end(), 3, l);
  return p;
}

} // namespace

TEST_CASE("scale: shrinking takes the mean of what is covered") {
  const auto small = scale(grey(4, 2, {0, 10, 100, 200, 20, 30, 100, 200}), {2, 1});
  CHECK(small.rgb == grey(2, 1, {15, 150}).rgb);
}

TEST_CASE("scale: a pixel that is cut counts by its share") {
  // 3 -> 2: the middle one belongs half to each: (2*30 + 60)/3 = 40, (60 + 2*90)/3 = 80
  CHECK(scale(grey(3, 1, {30, 60, 90}), {2, 1}).rgb == grey(2, 1, {40, 80}).rgb);
}

TEST_CASE("scale: enlarging repeats the nearest pixel") {
  CHECK(scale(grey(2, 1, {5, 9}), {4, 2}).rgb
        == grey(4, 2, {5, 5, 9, 9, 5, 5, 9, 9}).rgb);
}

TEST_CASE("scale: white stays white and no pixel is refused") {
  CHECK(scale(grey(7, 5, std::vector<uint8_t>(35, 255)), {3, 2}).rgb
        == grey(3, 2, std::vector<uint8_t>(6, 255)).rgb);
  CHECK_THROWS_AS(scale(grey(1, 1, {0}), {0, 1}), failure);
}

TEST_CASE("scale: thumbnails keep the aspect and at least one pixel") {
  CHECK(thumbnail_size({512, 512}, 96) == extent{96, 96});
  CHECK(thumbnail_size({4794, 886}, 64) == extent{64, 11});
  CHECK(thumbnail_size({1853, 4508}, 48) == extent{19, 48});
  CHECK(thumbnail_size({4000000, 1}, 96) == extent{96, 1});
}

TEST_CASE("scale: a thumbnail is drawn from the smallest level that is large enough") {
  const std::vector<extent> levels{{1185, 2468}, {593, 1234}, {297, 617}, {149, 309}};
  CHECK(thumbnail_level(levels, {120, 250}) == 3);
  CHECK(thumbnail_level(levels, {150, 250}) == 2);
  CHECK(thumbnail_level(levels, {5000, 5000}) == 0);
}

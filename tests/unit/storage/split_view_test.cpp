#include "storage/failure.hpp"
#include "storage/render/split_view.hpp"
#include "tests/unit/storage/planes.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::render;
using test::plane_of;

namespace {

std::vector<uint8_t> pixel(const picture& p, int32_t x, int32_t y) {
  const auto at = p.rgb.begin() + (static_cast<ptrdiff_t>(y) * p.width + x) * 3;
  return {at, at + 3};
}

settings two_channels() {
  return {model::color,
          {{.index = 0, .start = 0, .end = 255, .color = {255, 0, 0, 255}},
           {.index = 1, .start = 0, .end = 255, .color = {0, 255, 0, 255}}}};
}

} // namespace

TEST_CASE("split view: channels in their colours, then merged, on white") {
  const auto p = split_view(
    two_channels(), {plane_of<uint8_t>(1, 1, {10}), plane_of<uint8_t>(1, 1, {20})}, 2);
  CHECK(p.width == 8);
  CHECK(p.height == 8);
  CHECK(pixel(p, 2, 2) == std::vector<uint8_t>{10, 0, 0});
  CHECK(pixel(p, 5, 2) == std::vector<uint8_t>{0, 20, 0});
  CHECK(pixel(p, 2, 5) == std::vector<uint8_t>{10, 20, 0});
  CHECK(pixel(p, 5, 5) == std::vector<uint8_t>{255, 255, 255});
  CHECK(pixel(p, 0, 0) == std::vector<uint8_t>{255, 255, 255});
}

TEST_CASE("split view: grey has no merged panel, inactive channels leave a gap") {
  auto s = two_channels();
  s.model = model::greyscale;
  s.channels[0].active = false;
  const auto p = split_view(s, {plane_of<uint8_t>(1, 1, {20})}, 2);
  CHECK(p.height == 5);
  CHECK(p.width == 8);
  CHECK(pixel(p, 2, 2) == std::vector<uint8_t>{20, 20, 20});
  CHECK(pixel(p, 5, 2) == std::vector<uint8_t>{255, 255, 255});
  CHECK_THROWS_AS(split_view(s, {}, 2), failure);
}

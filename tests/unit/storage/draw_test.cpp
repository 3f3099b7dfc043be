#include "storage/failure.hpp"
#include "storage/render/draw.hpp"
#include "storage/render/level_tables.hpp"
#include "tests/unit/storage/planes.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <limits>

using namespace troupe;
using namespace troupe::render;
using test::plane_of;

namespace {

constexpr rgba white{255, 255, 255, 255};

channel_settings channel(double start, double end, rgba color = white,
                         int32_t index = 0) {
  return {.index = index, .active = true, .start = start, .end = end, .color = color};
}

std::vector<uint8_t> reds(const settings& s, const raw_plane& plane, int32_t bits = 0) {
  std::vector<uint8_t> result;
  const auto drawn = draw(s, {plane}, {}, bits);
  for (size_t i = 0; i < drawn.rgb.size(); i += 3)
    result.push_back(drawn.rgb[i]);
  return result;
}

} // namespace

TEST_CASE("draw: a window stretches linearly, below is black, from its end on white") {
  // slope 255/102 = 2.5: 1 -> round(2.5) = 3, 51 -> round(127.5) = 128
  const settings s{model::color, {channel(0, 102)}};
  CHECK(reds(s, plane_of<uint8_t>(6, 1, {0, 1, 51, 101, 102, 255}))
        == std::vector<uint8_t>{0, 3, 128, 253, 255, 255});
  CHECK(reds({model::color, {channel(100, 151)}},
             plane_of<uint16_t>(4, 1, {99, 100, 120, 60000}))
        == std::vector<uint8_t>{0, 0, 100, 255});
}

TEST_CASE("draw: signed and floating samples use the same formula") {
  const settings s{model::color, {channel(-51, 51)}};
  const std::vector<uint8_t> wanted{0, 0, 128, 255, 255};
  CHECK(reds(s, plane_of<int16_t>(5, 1, {-30000, -51, 0, 51, 30000})) == wanted);
  CHECK(reds(s, plane_of<int8_t>(5, 1, {-128, -51, 0, 51, 127})) == wanted);
  CHECK(reds(s, plane_of<int32_t>(5, 1, {-2000000, -51, 0, 51, 2000000})) == wanted);
  CHECK(reds(s, plane_of<float>(5, 1, {-1e30f, -51, 0, 51, 1e30f})) == wanted);
  CHECK(reds(s, plane_of<double>(5, 1, {-1e300, -51, 0, 51, 1e300})) == wanted);
}

TEST_CASE("draw: NaN is black, infinities are the ends") {
  const auto infinity = std::numeric_limits<float>::infinity();
  CHECK(reds({model::color, {channel(0, 1)}},
             plane_of<float>(
               3, 1, {std::numeric_limits<float>::quiet_NaN(), -infinity, infinity}))
        == std::vector<uint8_t>{0, 0, 255});
}

TEST_CASE("draw: inversion turns the levels round") {
  auto c = channel(0, 255);
  c.inverted = true;
  CHECK(reds({model::color, {c}}, plane_of<uint8_t>(3, 1, {0, 100, 255}))
        == std::vector<uint8_t>{255, 155, 0});
}

TEST_CASE("draw: polynomial is a gamma, logarithmic starts at 1") {
  auto c = channel(0, 255);
  c.curve = family::polynomial;
  c.coefficient = 2; // 255 * (100/255)^2 = 39.2
  CHECK(reds({model::color, {c}}, plane_of<uint8_t>(3, 1, {0, 100, 255}))
        == std::vector<uint8_t>{0, 39, 255});
  c.curve = family::logarithmic; // 255 / ln 255 * ln 100 = 211.9
  CHECK(reds({model::color, {c}}, plane_of<uint8_t>(4, 1, {0, 1, 100, 255}))
        == std::vector<uint8_t>{0, 0, 212, 255});
}

TEST_CASE("draw: colours add up and end at 255, alpha dims") {
  const settings s{
    model::color,
    {channel(0, 255, {255, 128, 0, 255}, 0), channel(0, 255, {255, 0, 64, 128}, 1)}};
  const auto plane = plane_of<uint8_t>(2, 1, {200, 100});
  const auto drawn = draw(s, {plane, plane}, {});
  // first: (200, trunc(128/255*200) = 100, 0); second: trunc(200*128/255) = 100, blue
  // trunc(trunc(64/255*200) * 128/255) = trunc(50 * 0.50196) = 25
  CHECK(drawn.rgb == std::vector<uint8_t>{255, 100, 25, 150, 50, 12});
}

TEST_CASE("draw: the greyscale model draws the first active channel only") {
  settings s{model::greyscale,
             {channel(0, 255, {255, 0, 0, 10}, 0), channel(0, 255, white, 1),
              channel(0, 255, white, 2)}};
  s.channels[0].active = false;
  CHECK(drawn_channels(s) == std::vector<int32_t>{1});
  CHECK(draw(s, {plane_of<uint8_t>(1, 1, {77})}, {}).rgb
        == std::vector<uint8_t>{77, 77, 77});
}

TEST_CASE("draw: many channels do not spill into each other") {
  settings s;
  std::vector<raw_plane> planes;
  for (int32_t i = 0; i < 250; ++i) {
    s.channels.push_back(channel(0, 255, {255, 1, 0, 255}, i));
    planes.push_back(plane_of<uint8_t>(1, 1, {255}));
  }
  CHECK(draw(s, planes, {}).rgb == std::vector<uint8_t>{255, 250, 0});
}

TEST_CASE("draw: nothing active is a black picture of the asked size") {
  const auto drawn = draw({}, {}, {3, 2});
  CHECK(drawn.width == 3);
  CHECK(drawn.rgb == std::vector<uint8_t>(18, 0));
}

TEST_CASE("draw: a window that makes no sense is the full range") {
  const auto wanted = std::vector<uint8_t>{0, 128, 255};
  CHECK(reds({model::color, {channel(9, 3)}}, plane_of<uint8_t>(3, 1, {0, 128, 255}))
        == wanted);
  CHECK(
    reds({model::color, {channel(0, 1e9)}}, plane_of<uint16_t>(3, 1, {0, 32896, 65535}))
    == wanted);
}

TEST_CASE("draw: significant bits bound the full range and the samples") {
  // 12 bits: a = 255/4095; samples beyond are as 4095
  CHECK(
    reds({model::color, {channel(1, 0)}}, plane_of<uint16_t>(3, 1, {0, 2048, 60000}), 12)
    == std::vector<uint8_t>{0, 128, 255});
}

TEST_CASE("draw: refuses settings that make no sense") {
  auto c = channel(0, 255);
  const auto plane = plane_of<uint8_t>(1, 1, {0});
  for (auto k : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    c.coefficient = k;
    CHECK_THROWS_AS(draw({model::color, {c}}, {plane}, {}), failure);
  }
  CHECK_THROWS_AS(draw({model::color, {channel(0, 1)}}, {}, {}), failure);
  CHECK_THROWS_AS(draw({model::color, {channel(0, 1), channel(0, 1)}},
                       {plane, plane_of<uint8_t>(2, 1, {0, 0})}, {}),
                  failure);
}

TEST_CASE("draw: tables of the windows used last are kept") {
  level_tables cache{2};
  const quantisation a{.end = 10}, b{.end = 20}, c{.end = 30};
  const auto first = cache.get(a);
  cache.get(b);
  CHECK(cache.get(a) == first);
  cache.get(c); // b goes, a stays
  CHECK(cache.get(a) == first);
  CHECK(cache.size() == 2);
}

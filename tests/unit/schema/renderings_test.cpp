#include "schema/queries/renderings.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace troupe;

TEST_CASE("renderings: settings survive being stored, infinities too") {
  constexpr auto infinity = std::numeric_limits<double>::infinity();
  std::vector<render::channel_settings> channels{
    {.index = 0, .start = -infinity, .end = infinity, .color = {1, 2, 3, 4}},
    {.index = 3,
     .active = false,
     .start = 0.1,
     .end = 3.4e38,
     .color = {255, 255, 255, 255},
     .curve = render::family::logarithmic,
     .coefficient = 1.7,
     .inverted = true,
     .noise_reduction = true,
     .lut = "fire.lut"}};
  auto stored = to_json(channels).dump();
  CHECK(channels_from(nlohmann::json::parse(stored)) == channels);
}

TEST_CASE("renderings: settings stored before tables and noise reduction can be read") {
  auto stored = to_json({{.index = 0, .start = 1, .end = 2, .lut = "fire.lut"}});
  stored[0].erase("lut");
  stored[0].erase("noise_reduction");
  CHECK(channels_from(stored)[0].lut.empty());
}

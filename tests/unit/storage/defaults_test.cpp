#include "storage/render/draw.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::render;

namespace {

using facts = std::vector<channel_facts>;

constexpr rgba red{255, 0, 0, 255}, green{0, 255, 0, 255}, blue{0, 0, 255, 255},
  white{255, 255, 255, 255};

channel_facts fluorescence(std::optional<double> emission = {}) {
  channel_facts c;
  c.type = pixel_type::uint16;
  c.emission = emission;
  c.range = {10, 500};
  return c;
}

channel_facts colored(rgba color) {
  auto c = fluorescence();
  c.file_color = color;
  return c;
}

std::vector<rgba> colors(const facts& channels) {
  std::vector<rgba> result;
  for (auto& c : default_settings(channels).channels)
    result.push_back(c.color);
  return result;
}

} // namespace

TEST_CASE("defaults: a single channel is grey, with the window of its data") {
  const auto s = default_settings({fluorescence(450)});
  CHECK(s.model == model::greyscale);
  REQUIRE(s.channels.size() == 1);
  CHECK(s.channels[0].color == rgba{128, 128, 128, 255});
  CHECK(s.channels[0].start == 10);
  CHECK(s.channels[0].end == 500);
}

TEST_CASE("defaults: 8-bit and colour pictures show their full range") {
  auto c = fluorescence();
  c.type = pixel_type::uint8;
  CHECK(default_settings({c}).channels[0].end == 255);
  c = fluorescence();
  c.rgb = true;
  CHECK(default_settings({c, c, c}).channels[2].end == 65535);
}

TEST_CASE("defaults: without statistics, or flat ones, the range of the type") {
  auto c = fluorescence();
  c.range.reset();
  c.significant_bits = 12;
  CHECK(default_settings({c}).channels[0].end == 4095);
  c.range = {7, 7};
  CHECK(default_settings({c}).channels[0].end == 4095);
}

TEST_CASE("defaults: colours come from the file, the wavelength, then the index") {
  CHECK(colors({colored({1, 2, 3, 255}), fluorescence(450), fluorescence(520),
                fluorescence(600)})
        == std::vector<rgba>{{1, 2, 3, 255}, blue, green, red});
  CHECK(colors({fluorescence(), fluorescence(), fluorescence(), fluorescence()})
        == std::vector<rgba>{red, green, blue, red});
  auto excited = fluorescence();
  excited.excitation = 405;
  CHECK(colors({excited, fluorescence()}) == std::vector<rgba>{blue, green});
}

TEST_CASE("defaults: where only some channels say something, the others are white") {
  auto excited = fluorescence();
  excited.excitation = 405;
  CHECK(colors({fluorescence(450), fluorescence(), excited})
        == std::vector<rgba>{blue, white, white});
}

TEST_CASE("defaults: a transparent colour of the file does not hide the channel") {
  CHECK(colors({colored({255, 0, 0, 0}), colored(green)})
        == std::vector<rgba>{red, green});
}

TEST_CASE("defaults: two to seven channels are in colour, the first three active") {
  const auto s = default_settings(facts(5, fluorescence()));
  CHECK(s.model == model::color);
  CHECK(drawn_channels(s) == std::vector<int32_t>{0, 1, 2});
  CHECK(default_settings(facts(8, fluorescence())).model == model::greyscale);
}

TEST_CASE("defaults: samples of a picture are red, green, blue and invisible alpha") {
  channel_facts c;
  c.rgb = true;
  const rgba none{0, 0, 0, 0};
  CHECK(colors(facts(4, c)) == std::vector<rgba>{red, green, blue, none});
  CHECK(colors(facts(2, c)) == std::vector<rgba>{white, none});
}

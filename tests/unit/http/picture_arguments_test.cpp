#include "http/picture_arguments.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::http;

namespace {

web_request asking(std::vector<std::pair<std::string, std::string>> query) {
  web_request in;
  in.query = std::move(query);
  return in;
}

} // namespace

TEST_CASE("pictures: channels count from 1, a minus switches off") {
  auto got = channels_of("1|100:2000$FF0000,-2|0:900$00FF00,3");
  REQUIRE(got.size() == 3);
  CHECK(got[0].index == 0);
  CHECK(got[0].active);
  CHECK(got[0].start == 100);
  CHECK(got[0].end == 2000);
  CHECK(got[0].color == rgba{255, 0, 0, 255});
  CHECK(got[1].index == 1);
  CHECK_FALSE(got[1].active);
  CHECK(got[2].index == 2);
  CHECK_FALSE(got[2].start);
}

TEST_CASE("pictures: windows may be fractions, negative, with exponents") {
  auto got = channels_of("1|-0.5:1.5e3");
  REQUIRE(got.size() == 1);
  CHECK(got[0].start == -0.5);
  CHECK(got[0].end == 1500);
}

TEST_CASE("pictures: what cannot be read is passed over") {
  CHECK(channels_of("x,0,,1|5:y$12345").size() == 1);
  auto got = channels_of("1|0:255r$12345");
  CHECK_FALSE(got[0].start);
  CHECK_FALSE(got[0].color);
  CHECK(channels_of("99999999999999999999").empty());
  CHECK(channels_of("-2147483648").empty());
}

TEST_CASE("pictures: colours have 3, 4, 6 or 8 digits") {
  CHECK(channels_of("1$0af")[0].color == rgba{0, 0xaa, 0xff, 255});
  CHECK(channels_of("1$0af8")[0].color == rgba{0, 0xaa, 0xff, 0x88});
  CHECK(channels_of("1$00AAff80")[0].color == rgba{0, 0xaa, 0xff, 0x80});
}

TEST_CASE("pictures: maps invert by the order of c") {
  auto wish = wish_of(asking(
    {{"c", "1,2"},
     {"maps", R"([{"inverted":{"enabled":true}},{"reverse":{"enabled":"true"}}])"}}));
  CHECK(wish.change.channels[0].inverted == true);
  CHECK(wish.change.channels[1].inverted == true);
  wish = wish_of(asking(
    {{"c", "1"},
     {"maps", R"([{"quantization":{"family":"polynomial","coefficient":0.5}}])"}}));
  CHECK(wish.change.channels[0].inverted == false);
  CHECK(wish.change.channels[0].curve == render::family::polynomial);
  CHECK(wish.change.channels[0].coefficient == 0.5);
  CHECK_NOTHROW(wish_of(asking({{"c", "1"}, {"maps", "{broken"}})));
  CHECK_NOTHROW(
    wish_of(asking({{"c", "1"}, {"maps", R"([{"quantization":{"family":7}}])"}})));
}

TEST_CASE("pictures: model, quality and format are checked") {
  CHECK(wish_of(asking({{"m", "g"}})).change.model == render::model::greyscale);
  CHECK(wish_of(asking({{"format", "png"}})).as == output::png);
  for (auto& [key, value] : {std::pair{"m", "x"}, std::pair{"q", "1.5"},
                             std::pair{"q", "nan"}, std::pair{"format", "gif"}})
    CHECK_THROWS_AS(wish_of(asking({{key, value}})), failure);
}

TEST_CASE("pictures: a change leaves the rest of the view alone") {
  render::settings view{
    render::model::color,
    {{.index = 0, .start = 1, .end = 9}, {.index = 1, .start = 2, .end = 8}}};
  auto got = render::apply(wish_of(asking({{"c", "2|3:4"}})).change, view);
  CHECK_FALSE(got.channels[0].active);
  CHECK(got.channels[1].active);
  CHECK(got.channels[1].start == 3);
  CHECK(render::apply(wish_of(asking({})).change, view) == view);
}

TEST_CASE("pictures: a projection names its method and perhaps its sections") {
  auto wish = wish_of(asking({{"p", "intmax"}}));
  REQUIRE(wish.project);
  CHECK(wish.project->how == render::projection::max);
  CHECK_FALSE(wish.project->sections);
  wish = wish_of(asking({{"p", "intmean|3:17"}}));
  CHECK(wish.project->how == render::projection::mean);
  CHECK(wish.project->sections == std::pair{3, 17});
  for (auto* wrong : {"normal", "intmax|", "intmax|3", "intmax|3:", "intsum|a:b", ""})
    CHECK_THROWS_AS(wish_of(asking({{"p", wrong}})), failure);
}

TEST_CASE("pictures: the name of a table stands in a colour's place") {
  auto got = channels_of("1|0:9$fire.lut");
  REQUIRE(got.size() == 1);
  CHECK(got[0].lut == "fire.lut");
  CHECK_FALSE(got[0].color);
}

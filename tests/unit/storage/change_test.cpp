#include "storage/failure.hpp"
#include "storage/render/channel_list.hpp"
#include "storage/render/reset.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::render;

namespace {

settings changed_channels() {
  return {model::color,
          {{.index = 0, .start = 1, .end = 9, .lut = "ice.lut", .statistics = {{3, 70}}},
           {.index = 1, .start = 2, .end = 8}}};
}

settings asked(std::string_view list) {
  return apply({.lists_channels = true, .channels = changes_of(parse_channels(list))},
               changed_channels());
}

} // namespace

TEST_CASE("change: a table is set by its name, a colour clears it") {
  CHECK(asked("1$fire.lut").channels[0].lut == "fire.lut");
  const auto colored = asked("1$00ff00").channels[0];
  CHECK(colored.lut.empty());
  CHECK(colored.color == rgba{0, 255, 0, 255});
  CHECK(asked("1|4:5").channels[0].lut == "ice.lut");
  CHECK(asked("1$nonsense").channels[0].lut == "ice.lut");
}

TEST_CASE("change: channels that are not listed, or with a minus, are off") {
  const auto s = asked("-1,2|3:4");
  CHECK(!s.channels[0].active);
  CHECK(s.channels[1].active);
  CHECK(s.channels[1].start == 3);
  CHECK(!asked("1").channels[1].active);
}

TEST_CASE("reset: full range is that of the bytes, floats have none") {
  const auto s = with_full_range(changed_channels(), pixel_type::int16);
  CHECK(s.channels[1].start == -32768);
  CHECK(s.channels[1].end == 32767);
  CHECK_THROWS_AS(with_full_range(changed_channels(), pixel_type::float32), failure);
}

TEST_CASE("reset: minima and maxima, without statistics the range of the type") {
  const auto s = with_min_max(changed_channels(), pixel_type::uint16, 12);
  CHECK(s.channels[0].start == 3);
  CHECK(s.channels[0].end == 70);
  CHECK(s.channels[1].end == 4095);
}

TEST_CASE("reset: single windows leave the others") {
  const auto s = with_windows(changed_channels(), {{1, {5, 6}}});
  CHECK(s.channels[0].end == 9);
  CHECK(s.channels[1].end == 6);
}

TEST_CASE("paste: everything a viewer chose, not the facts of the other image") {
  auto onto = changed_channels();
  onto.channels[0].statistics = {{0, 1}};
  onto.channels[0].lut = "";
  const auto s = pasted(changed_channels(), onto);
  CHECK(s.channels[0].lut == "ice.lut");
  CHECK(s.channels[0].statistics == sample_range{0, 1});
  onto.channels.pop_back();
  CHECK_THROWS_AS(pasted(changed_channels(), onto), failure);
}

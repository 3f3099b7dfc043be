#include "storage/render/finish.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::render;

namespace {

/// 3 x 2: 1 2 3 above 4 5 6.
const picture six{3, 2, {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6}};

/// Row by row, a digit a pixel.
std::string digits_of(const picture& p) {
  std::string out;
  for (int32_t y = 0; y < p.height; ++y) {
    for (int32_t x = 0; x < p.width; ++x)
      out += static_cast<char>('0' + p.rgb.at(static_cast<size_t>(y * p.width + x) * 3));
    out += ' ';
  }
  return out;
}

std::string six_turned(bool mirrored, int32_t turns) {
  return digits_of(finished(six, {.mirrored = mirrored, .quarter_turns = turns}));
}

} // namespace

TEST_CASE("finish: quarter turns clockwise, mirrored before") {
  CHECK(six_turned(false, 0) == "123 456 ");
  CHECK(six_turned(false, 1) == "41 52 63 ");
  CHECK(six_turned(false, 2) == "654 321 ");
  CHECK(six_turned(false, 3) == "36 25 14 ");
  CHECK(six_turned(true, 0) == "321 654 ");
  CHECK(six_turned(true, 1) == "63 52 41 ");
  CHECK(six_turned(true, 2) == "456 123 ");
  CHECK(six_turned(true, 3) == "14 25 36 ");
}

TEST_CASE("finish: grey is luma, black and white its halves") {
  const picture colors{4, 1, {255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 128, 128}};
  CHECK(finished(colors, {.colors = tone::grey}).rgb
        == std::vector<uint8_t>{76, 76, 76, 150, 150, 150, 29, 29, 29, 128, 128, 128});
  CHECK(finished(colors, {.colors = tone::bitonal}).rgb
        == std::vector<uint8_t>{0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255});
}

TEST_CASE("finish: a picture lies on its sheet, as far as it reaches") {
  auto on = [](extent size, int32_t left, int32_t top) {
    return digits_of(finished(six, {.on = {size, left, top, {9, 9, 9}}}));
  };
  CHECK(on({3, 2}, 0, 0) == "123 456 ");
  CHECK(on({5, 3}, 1, 0) == "91239 94569 99999 ");
  CHECK(on({3, 2}, -1, -1) == "569 999 ");
  CHECK(on({2, 2}, 1, 1) == "99 91 ");
  CHECK(on({2, 1}, 7, 0) == "99 ");
}

TEST_CASE("finish: a line is drawn over the picture, and ends at its edge") {
  picture drawn{6, 5, std::vector<uint8_t>(6 * 5 * 3, 9)};
  const finish how{.over = {{1, 1, 1, 30}, {200, 0, 0, 255}, 2}};
  const auto out = finished(drawn, how);
  auto red_at = [&](int32_t x, int32_t y) {
    return out.rgb.at(static_cast<size_t>((y * 6 + x) * 3));
  };
  CHECK(red_at(0, 0) == 200);
  CHECK(red_at(1, 4) == 200);
  CHECK(red_at(2, 2) == 9);
  CHECK(finished(drawn, {}).rgb == drawn.rgb);
}

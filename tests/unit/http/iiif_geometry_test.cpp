#include "http/open/iiif/geometry.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace troupe;
using namespace troupe::http::iiif;

namespace {

const size_limits roomy{10'000, 50'000'000};
const extent image{300, 200};

template <class Ask>
std::string refusal_of(Ask ask) {
  try {
    ask();
  } catch (const failure& e) {
    CHECK(e.code == errc::bad_request);
    return e.what();
  }
  return "";
}

} // namespace

TEST_CASE("iiif region: the forms there are") {
  const std::vector<std::pair<const char*, region>> table{
    {"full", {0, 0, 300, 200}},
    {"square", {50, 0, 200, 200}},
    {"125,15,120,140", {125, 15, 120, 140}},
    {"pct:41.6,7.5,40,70", {125, 15, 120, 140}},
    {"125,15,200,200", {125, 15, 175, 185}}, // cut at the edge
    {"pct:41.6,7.5,66.6,100", {125, 15, 175, 185}},
    {"299,199,1,1", {299, 199, 1, 1}},
    {"0,0,999999999,999999999", {0, 0, 300, 200}},
    {"pct:0,0,.1,.1", {0, 0, 1, 1}},
    {"pct:0,0,1000,1000", {0, 0, 300, 200}},
  };
  for (auto& [text, where] : table) {
    CAPTURE(text);
    CHECK(region_of(text, image) == where);
  }
  CHECK(region_of("square", {200, 301}) == region{0, 50, 200, 200});
}

TEST_CASE("iiif region: what is none, or shows nothing, is refused") {
  for (auto text :
       {"", "Full", "1,2,3", "1,2,3,4,5", "-1,0,10,10", "0,0,1.5,2", "0,0,0,10",
        "0,0,10,0", "300,0,10,10", "0,200,10,10", "pct:", "pct:0,0,0,10", "pct:-1,0,5,5",
        "pct:100,0,5,5", "pct:1e1,0,5,5", "pct:0,0,nan,5", "0, 0,10,10",
        "percent:0,0,5,5", "0,0,99999999999,5"}) {
    CAPTURE(text);
    CHECK(refusal_of([&] { region_of(text, image); }).find("region") == 4);
  }
}

TEST_CASE("iiif size: version 3, as large as the region or as is said with ^") {
  const size_limits most{360, 360 * 240};
  const std::vector<std::pair<const char*, extent>> table{
    {"max", {300, 200}},      {"^max", {360, 240}},     {"150,", {150, 100}},
    {"^360,", {360, 240}},    {",150", {225, 150}},     {"^,240", {360, 240}},
    {"pct:50", {150, 100}},   {"^pct:120", {360, 240}}, {"225,100", {225, 100}},
    {"^240,360", {240, 360}}, {"!225,100", {150, 100}}, {"^!360,360", {360, 240}},
    {"!400,400", {300, 200}}, {"1,", {1, 1}},           {"300,200", {300, 200}},
    {"pct:100", {300, 200}},  {"pct:0.01", {1, 1}},
  };
  for (auto& [text, size] : table) {
    CAPTURE(text);
    CHECK(size_of(text, image, most, version::three) == size);
  }
  for (auto text :
       {"full",  "^full",    "301,",  ",201",   "301,100", "pct:101", "^361,",
        "^,241", "^361,100", "0,",    ",0",     ",",       "",        "^",
        "!",     "!10",      "!0,10", "10",     "1,2,3",   "pct:0",   "pct:-5",
        "pct:x", "-1,5",     "1.5,",  "10, 10", "^^10,"}) {
    CAPTURE(text);
    CHECK(refusal_of([&] { size_of(text, image, most, version::three); }).find("size")
          == 4);
  }
}

TEST_CASE("iiif size: version 2, larger than the region without a sign") {
  const std::vector<std::pair<const char*, extent>> table{
    {"full", {300, 200}},     {"max", {300, 200}},      {"150,", {150, 100}},
    {",150", {225, 150}},     {"pct:50", {150, 100}},   {"225,100", {225, 100}},
    {"!225,100", {150, 100}}, {"600,", {600, 400}},     {"pct:200", {600, 400}},
    {"600,10", {600, 10}},    {"!600,600", {600, 400}},
  };
  for (auto& [text, size] : table) {
    CAPTURE(text);
    CHECK(size_of(text, image, roomy, version::two) == size);
  }
  CHECK_THROWS_AS(size_of("^150,", image, roomy, version::two), failure);
  CHECK_THROWS_AS(size_of("10001,1", image, roomy, version::two), failure);
}

TEST_CASE("iiif size: what is too large to be sent shrinks for max, else it is refused") {
  const extent slide{100'000, 50'000};
  const size_limits most{65'500, 1'000'000};
  const auto size = size_of("max", slide, most, version::three);
  CHECK(size.width == doctest::Approx(1414).epsilon(0.001));
  CHECK(size.height == doctest::Approx(707).epsilon(0.002));
  CHECK(int64_t{size.width} * size.height <= most.area);
  CHECK_THROWS_AS(size_of("pct:100", slide, most, version::three), failure);
  CHECK_THROWS_AS(size_of("full", slide, most, version::two), failure);
  CHECK_THROWS_AS(size_of("^pct:99999999", slide, most, version::three), failure);
  // A line: its side counts.
  CHECK(size_of("max", {1'000'000, 1}, {65'500, 1'000'000}, version::three)
        == extent{65'500, 1});
  CHECK(size_of("^!999999,999999", {10, 10}, most, version::three) == extent{1000, 1000});
}

TEST_CASE("iiif rotation: quarter turns, mirrored or not") {
  CHECK(rotation_of("0") == rotation{false, 0});
  CHECK(rotation_of("90") == rotation{false, 1});
  CHECK(rotation_of("180.0") == rotation{false, 2});
  CHECK(rotation_of("!270") == rotation{true, 3});
  CHECK(rotation_of("360") == rotation{false, 0});
  for (auto text : {"", "!", "22.5", "-90", "450", "90deg", "!!90", "9e1", "."}) {
    CAPTURE(text);
    CHECK(refusal_of([&] { rotation_of(text); }).find("rotation") == 4);
  }
}

TEST_CASE("iiif: the preferred way to write a request") {
  CHECK(canonical_region({0, 0, 300, 200}, image) == "full");
  CHECK(canonical_region({1, 2, 3, 4}, image) == "1,2,3,4");
  CHECK(canonical_size(image, image, roomy, version::three) == "max");
  CHECK(canonical_size({150, 100}, image, roomy, version::three) == "150,100");
  CHECK(canonical_size({600, 400}, image, roomy, version::three) == "^600,400");
  CHECK(canonical_size({30, 20}, image, {30, 600}, version::three) == "max");
  CHECK(canonical_size(image, image, roomy, version::two) == "full");
  CHECK(canonical_size({150, 100}, image, roomy, version::two) == "150,");
  CHECK(canonical_size({150, 70}, image, roomy, version::two) == "150,70");
  CHECK(canonical_rotation({true, 3}) == "!270");
  CHECK(canonical_rotation({false, 0}) == "0");
}

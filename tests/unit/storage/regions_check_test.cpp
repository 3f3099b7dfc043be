// What is no shape is refused by the name of its field.

#include "storage/regions/region_check.hpp"

#include "tests/unit/storage/drawn.hpp"

#include <limits>

using namespace troupe;
using namespace troupe::test;
using namespace troupe::regions;

namespace {

/// The refusal's words, empty when it is a shape.
std::string complaint(const shape& s) {
  try {
    check_shape(s, "shapes[3]", ground);
    return "";
  } catch (const failure& f) {
    CHECK(f.code == errc::bad_request);
    return f.what();
  }
}

bool names(const std::string& words, const char* field) {
  return words.starts_with(std::string{"shapes[3]"} + field);
}

} // namespace

TEST_CASE("region check: every kind passes as it should be") {
  const auto d = every_kind();
  CHECK_NOTHROW(check_regions(d.rois, ground));
}

TEST_CASE("region check: coordinates") {
  using kind = shape_kind;
  CHECK(names(complaint(drawn(kind::rectangle, {1, 2, 3})), ".geometry has 3"));
  CHECK(names(complaint(drawn(kind::point, {1, 2, 3, 4})), ".geometry has 4"));
  CHECK(names(complaint(drawn(kind::polygon, {1, 2, 3, 4})), ".geometry has 4"));
  CHECK(names(complaint(drawn(kind::polygon, {1, 2, 3, 4, 5, 6, 7})), ".geometry has 7"));
  CHECK(names(complaint(drawn(kind::polyline, {1, 2})), ".geometry has 2"));
  CHECK(names(complaint(drawn(kind::rectangle, {1, 2, -3, 4})), ".geometry has a size"));
  CHECK(names(complaint(drawn(kind::ellipse, {1, 2, 3, -4})), ".geometry has a size"));
  for (auto bad : {std::numeric_limits<double>::quiet_NaN(),
                   std::numeric_limits<double>::infinity(), 1e10, -1e300}) {
    CHECK(names(complaint(drawn(kind::point, {1, bad})), ".geometry[1]"));
    auto turned = drawn(kind::point, {1, 1});
    turned.transform = metadata::affine{1, 0, bad, 1, 0, 0};
    CHECK(names(complaint(turned), ".transform"));
  }
  CHECK(names(complaint(drawn(kind::polyline, std::vector<double>(200'002))),
              ".geometry has 200002"));
}

TEST_CASE("region check: masks have a bit for each pixel") {
  auto s = ring_mask();
  s.mask = shared_bytes{{0xFF}};
  CHECK(names(complaint(s), ".mask has 1 bytes"));
  s.mask = {};
  CHECK(names(complaint(s), ".mask has 0 bytes"));
  s = ring_mask();
  s.geometry = {0, 0, 2.5, 3};
  CHECK(names(complaint(s), ".geometry has a size"));
  s.geometry = {0, 0, 1e8, 1e8};
  CHECK(names(complaint(s), ".geometry has a size"));
  s.geometry = {0, 0, 0, 9};
  CHECK(names(complaint(s), ".geometry has a size"));
  auto box = drawn(shape_kind::rectangle, {1, 2, 3, 4});
  box.mask = shared_bytes{{1}};
  CHECK(names(complaint(box), ".mask goes"));
}

TEST_CASE("region check: planes are those of the image") {
  auto s = drawn(shape_kind::point, {1, 2});
  s.z = 5;
  CHECK(names(complaint(s), ".z is 5, the image has 0 to 4"));
  s.z = 4;
  s.c = -1;
  CHECK(names(complaint(s), ".c is -1"));
  s.c = 2;
  s.t = 7;
  CHECK(names(complaint(s), ".t is 7"));
  s.t = 6;
  CHECK(complaint(s).empty());
}

TEST_CASE("region check: no more than one request may have") {
  std::vector<roi> many(limits::most_rois + 1);
  CHECK_THROWS_AS(check_regions(many, ground), failure);
  std::vector<roi> one(1);
  one[0].shapes.assign(limits::most_shapes + 1, drawn(shape_kind::point, {1, 2}));
  CHECK_THROWS_AS(check_regions(one, ground), failure);
}

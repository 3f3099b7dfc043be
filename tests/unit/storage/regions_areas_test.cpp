// Polygons with holes, outlines of masks, shapes without their transforms.

#include "storage/regions/areas.hpp"

#include "storage/measurement/roi_statistics.hpp"
#include "tests/unit/storage/drawn.hpp"

#include <set>

using namespace troupe;
using namespace troupe::test;
using namespace troupe::regions;

namespace {

ring square(double x, double y, double side) {
  return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
}

double area_of(const ring& r) {
  double sum = 0;
  for (size_t i = 0; i < r.size(); ++i) {
    const auto& a = r[i];
    const auto& b = r[(i + 1) % r.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return std::abs(sum / 2);
}

/// Pixels of a shape in a 20 x 20 image.
std::set<std::pair<int, int>> pixels_of(const measurement::shape& s) {
  std::set<std::pair<int, int>> all;
  measurement::for_each_sample_of(s, {0, 0, 20, 20},
                                  [&](int32_t x, int32_t y) { all.emplace(x, y); });
  return all;
}

} // namespace

TEST_CASE("areas: holes hang on bridges, and are found again") {
  const area a{square(0, 0, 10), {square(2, 2, 2), square(6, 6, 3)}};
  const auto bridged = with_bridges(a);
  CHECK(bridged.size() == 4 + 1 + 2 * (4 + 2));
  const auto back = without_bridges(bridged);
  REQUIRE(back.holes.size() == 2);
  CHECK(geometry_of(back.outer) == geometry_of(a.outer));
  CHECK(geometry_of(back.holes[0]) == geometry_of(a.holes[0]));
  CHECK(geometry_of(back.holes[1]) == geometry_of(a.holes[1]));
  const auto inside = pixels_of(measurement::polygon{bridged});
  CHECK(inside.contains({1, 5}));
  CHECK(inside.contains({9, 9}));
  CHECK_FALSE(inside.contains({7, 7})); // in the second hole
}

TEST_CASE("areas: what only looks like bridges stays as it is") {
  const ring closed{{0, 0}, {4, 0}, {4, 4}, {0, 0}};
  CHECK(without_bridges(closed).outer.size() == 3);
  CHECK(without_bridges(closed).holes.empty());
  const ring touching{{0, 0}, {4, 0}, {4, 4}, {0, 0}, {9, 9}, {9, 5}};
  CHECK(without_bridges(touching).outer.size() == 6);
  CHECK(without_bridges({}).outer.empty());
}

TEST_CASE("areas: rings inside rings are holes, and islands in them areas") {
  auto all = sorted({square(3, 3, 2),
                     square(0, 0, 20),
                     square(2, 2, 6),
                     square(30, 0, 5),
                     {{1, 1}, {2, 2}}});
  REQUIRE(all.size() == 3); // the line is none
  CHECK(area_of(all[0].outer) == 400);
  REQUIRE(all[0].holes.size() == 1);
  CHECK(area_of(all[0].holes[0]) == 36);
  CHECK(area_of(all[1].outer) == 25);
  CHECK(area_of(all[2].outer) == 4);
}

TEST_CASE("areas: the outline of a mask runs along its pixels") {
  const auto ring_areas = outlines(ring_mask());
  REQUIRE(ring_areas.size() == 1);
  CHECK(is_near(geometry_of(ring_areas[0].outer), {13, 20, 13, 23, 10, 23, 10, 20}));
  REQUIRE(ring_areas[0].holes.size() == 1);
  CHECK(area_of(ring_areas[0].holes[0]) == 1);

  auto corners = drawn(shape_kind::mask, {0, 0, 2, 2});
  corners.mask = shared_bytes{{0x90}}; // 10 01
  const auto two = outlines(corners);
  REQUIRE(two.size() == 2);
  CHECK(area_of(two[0].outer) == 1);
  CHECK(area_of(two[1].outer) == 1);

  auto nothing = drawn(shape_kind::mask, {0, 0, 2, 2});
  nothing.mask = shared_bytes{{0x0F}}; // only beyond its end
  CHECK(outlines(nothing).empty());
}

TEST_CASE("areas: any mask and the polygons around it have the same pixels") {
  auto s = drawn(shape_kind::mask, {2, 3, 13, 11});
  for (uint32_t seed = 1; seed < 40; ++seed) {
    std::vector<uint8_t> bits((13 * 11 + 7) / 8);
    auto next = seed * 2654435761U;
    for (auto& b : bits) {
      next = next * 1664525U + 1013904223U;
      b = static_cast<uint8_t>(next >> 24);
    }
    s.mask = shared_bytes{bits};
    std::set<std::pair<int, int>> inside;
    for (auto& a : outlines(s))
      for (int y = 0; y < 20; ++y)
        for (int x = 0; x < 20; ++x) {
          bool in = false;
          auto count = [&](const ring& r) {
            for (size_t i = 0; i < r.size(); ++i) {
              const auto &p = r[i], &q = r[(i + 1) % r.size()];
              if ((p.y <= y + .5) != (q.y <= y + .5)
                  && x + .5 < p.x + (y + .5 - p.y) / (q.y - p.y) * (q.x - p.x))
                in = !in;
            }
          };
          count(a.outer);
          for (auto& hole : a.holes)
            count(hole);
          if (in)
            inside.emplace(x, y);
        }
    CHECK(inside == pixels_of(measured_shape(s)));
  }
}

TEST_CASE("areas: transforms are worked into shapes") {
  auto box = drawn(shape_kind::rectangle, {1, 2, 3, 4});
  box.transform = metadata::affine{2, 0, 0, 3, 10, 20};
  auto flat = flattened(box);
  REQUIRE(flat.size() == 1);
  CHECK(flat[0].kind == shape_kind::rectangle);
  CHECK_FALSE(flat[0].transform);
  CHECK(is_near(flat[0].geometry, {12, 26, 6, 12}));

  box.transform = metadata::affine{0, 1, -1, 0, 0, 0}; // a quarter turn
  flat = flattened(box);
  CHECK(flat[0].kind == shape_kind::polygon);
  CHECK(is_near(flat[0].geometry, {-2, 1, -2, 4, -6, 4, -6, 1}));

  auto mask = ring_mask();
  mask.transform = metadata::affine{1, 0, 0, 1, 5, 5};
  flat = flattened(mask);
  CHECK(flat[0].kind == shape_kind::mask);
  CHECK(is_near(flat[0].geometry, {15, 25, 3, 3}));
  mask.transform = metadata::affine{2, 0, 0, 2, 0, 0};
  flat = flattened(mask);
  REQUIRE(flat.size() == 1);
  CHECK(flat[0].kind == shape_kind::polygon);
  CHECK(flat[0].mask.size() == 0);
  CHECK(metadata::bounds_of(flat[0]) == metadata::bounds{20, 40, 26, 46});
}

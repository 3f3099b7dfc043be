#include "examples/custom_actor/measure.hpp"

#include "tests/support/actor_world.hpp"

#include <doctest/doctest.h>

using namespace troupe;

TEST_CASE("measure: mean and deviation of known samples") {
  raw_plane plane{4, 1, pixel_type::uint8, shared_bytes{{2, 4, 4, 6}}};
  auto got = intensity_of(plane);
  CHECK(got.count == 4);
  CHECK(got.min == 2);
  CHECK(got.max == 6);
  CHECK(got.mean == doctest::Approx(4));
  CHECK(got.deviation == doctest::Approx(1.632993));
}

TEST_CASE("measure: NaN is left out, nothing has no deviation") {
  float samples[]{NAN, 3};
  auto* bytes = reinterpret_cast<uint8_t*>(samples);
  auto got = intensity_of(
    {2, 1, pixel_type::float32, shared_bytes{{bytes, bytes + sizeof samples}}});
  CHECK(got.count == 1);
  CHECK(got.mean == 3);
  CHECK(got.deviation == 0);
}

TEST_CASE_FIXTURE(test::actor_world, "measure: refuses a region that is too large") {
  auto room = system.spawn(measure, std::make_shared<formats::shelves>());
  auto answer = ask(room, measure_region{.where = {0, 0, 100'000, 100'000}});
  REQUIRE_FALSE(answer);
  CHECK(answer.error() == errc::bad_request);
}

TEST_CASE_FIXTURE(test::actor_world, "measure: names the file that is not there") {
  auto room = system.spawn(measure, std::make_shared<formats::shelves>());
  measure_region m{.where = {0, 0, 1, 1}};
  m.image.source.path = "/nowhere/cells.tif";
  auto answer = ask(room, m);
  REQUIRE_FALSE(answer);
  CHECK(to_string(answer.error()).find("cells.tif") != std::string::npos);
}

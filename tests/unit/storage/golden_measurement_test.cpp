// Measurements against the golden vectors.

#include "storage/measurement/histogram.hpp"
#include "storage/measurement/line_profile.hpp"
#include "storage/measurement/roi_statistics.hpp"
#include "tests/unit/storage/golden_cases.hpp"

using namespace troupe;
using namespace troupe::measurement;
using namespace troupe::test::golden;

namespace {

std::vector<point> points_in(const json& j) {
  std::vector<point> points;
  for (auto& p : j)
    points.push_back({p.at(0), p.at(1)});
  return points;
}

rectangle rectangle_in(const json& j) {
  return {j.at("x"), j.at("y"), j.at("width"), j.at("height")};
}

shape shape_in(const json& j) {
  const auto type = j.at("type").get<std::string>();
  if (type == "rectangle")
    return rectangle_in(j);
  if (type == "ellipse")
    return ellipse{j.at("x"), j.at("y"), j.at("radius_x"), j.at("radius_y")};
  if (type == "polygon")
    return polygon{points_in(j.at("points"))};
  if (type == "polyline")
    return polyline{points_in(j.at("points"))};
  if (type == "line")
    return line{{j.at("x1"), j.at("y1")}, {j.at("x2"), j.at("y2")}};
  if (type == "mask")
    return mask{rectangle_in(j), j.at("bits").get<std::vector<uint8_t>>()};
  REQUIRE(type == "point");
  return point{j.at("x"), j.at("y")};
}

void check_number(const json& c, const char* what, const json& want,
                  std::optional<double> got) {
  CAPTURE(what);
  REQUIRE(want.is_null() == !got.has_value());
  if (got) {
    CAPTURE(*got);
    CHECK(is_close(c, *got, number(want)));
  }
}

} // namespace

TEST_CASE("golden: histograms") {
  run("histogram", [](const json& c, profile p) {
    const stack in{c.at("input")};
    const auto where =
      c.at("region").is_null() ? in.everything() : region_in(c.at("region"));
    const auto known =
      c.at("use_global").get<bool>() ? range_in(c.at("channel_stats")) : std::nullopt;
    CHECK(histogram(in.read(0, 0, 0, where), c.at("bins"),
                    histogram_range(in.plane(), known, p), p)
          == expected_of(c, p).get<std::vector<int64_t>>());
  });
}

TEST_CASE("golden: minima and maxima") {
  run("stats", [](const json& c, profile p) {
    CHECK(render::statistics_of(stack{c.at("input")}.plane())
          == range_in(expected_of(c, p)));
  });
}

TEST_CASE("golden: statistics of shapes") {
  run("roi_stats", [](const json& c, profile p) {
    const stack in{c.at("input")};
    const auto s = shape_in(c.at("shape"));
    const auto& wanted = expected_of(c, p);
    // What bounds_of() says is enough.
    const auto where = bounds_of(s, in.size()).value_or(region{0, 0, 1, 1});
    const auto got = statistics_of(s, in.read(0, 0, 0, where), where, p);
    CHECK(got.points == wanted.at("points"));
    check_number(c, "min", wanted.at("min"), got.min);
    check_number(c, "max", wanted.at("max"), got.max);
    check_number(c, "mean", wanted.at("mean"), got.mean);
    check_number(c, "sum", wanted.at("sum"), got.sum);
    check_number(c, "std_dev", wanted.at("std_dev"), got.deviation);
  });
}

TEST_CASE("golden: line profiles") {
  run("line_profile", [](const json& c, profile p) {
    const auto span = c.at("span").is_null()
                        ? std::nullopt
                        : std::optional<int32_t>{c.at("span").get<int32_t>()};
    const auto got = line_profile(
      stack{c.at("input")}.plane(), c.at("axis") == "h" ? axis::row : axis::column,
      c.at("position"), {number(c.at("window_min")), number(c.at("window_max"))}, span);
    const auto& wanted = expected_of(c, p);
    REQUIRE(got.size() == wanted.size());
    for (size_t i = 0; i < got.size(); ++i)
      CHECK(is_close(c, got[i], number(wanted[i])));
  });
}

#include "storage/failure.hpp"
#include "storage/measurement/auto_contrast.hpp"
#include "storage/measurement/histogram.hpp"
#include "storage/measurement/line_profile.hpp"
#include "storage/measurement/roi_statistics.hpp"
#include "tests/unit/storage/planes.hpp"

#include <doctest/doctest.h>
#include <limits>
#include <numeric>

using namespace troupe;
using namespace troupe::measurement;
using test::plane_of;

namespace {

constexpr auto not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr auto infinity = std::numeric_limits<float>::infinity();

/// 0, 1, 2 ... row by row.
template <class Sample>
raw_plane counting(int32_t width, int32_t height) {
  std::vector<Sample> samples(static_cast<size_t>(width) * static_cast<size_t>(height));
  std::iota(samples.begin(), samples.end(), Sample{0});
  return plane_of<Sample>(width, height, samples);
}

} // namespace

TEST_CASE("auto contrast: a thousandth at each end is left out") {
  const std::vector planes{counting<uint16_t>(100, 100)};
  CHECK(auto_window(planes) == render::sample_range{10, 9990});
  CHECK(auto_window(planes, {0, 100}) == render::sample_range{0, 9999});
  const std::vector wide{counting<float>(100, 100)};
  CHECK(auto_window(wide) == render::sample_range{10, 9990});
  const std::vector negative{plane_of<int16_t>(3, 1, {-32768, -5, 32767})};
  CHECK(auto_window(negative) == render::sample_range{-32768, 32767});
}

TEST_CASE("auto contrast: NaN and infinities do not count, flat planes have no window") {
  const std::vector odd{plane_of<float>(5, 1, {not_a_number, 1, -infinity, 3, infinity})};
  CHECK(auto_window(odd) == render::sample_range{1, 3});
  const std::vector flat{plane_of<float>(2, 1, {4, 4})};
  CHECK(!auto_window(flat));
  CHECK(!auto_window({}));
}

TEST_CASE("histogram: the maximum is in the last bin, what is outside is left out") {
  const auto plane = plane_of<uint16_t>(6, 1, {0, 4, 5, 9, 10, 11});
  CHECK(histogram(plane, 2, {0, 10}) == std::vector<int64_t>{2, 3});
  CHECK(histogram(plane, 0, {0, 10}).size() == 256);
  CHECK(histogram(plane, 3, histogram_range(plane, {})) == std::vector<int64_t>{1, 2, 3});
}

TEST_CASE("line profile: of a row and of a column") {
  const auto plane = counting<uint8_t>(3, 2);
  CHECK(line_profile(plane, axis::row, 1, {0, 5})
        == std::vector<double>{3.0 / 5, 4.0 / 5, 1});
  CHECK(line_profile(plane, axis::column, 2, {0, 5}, 6) == std::vector<double>{2, 5});
  CHECK_THROWS_AS(line_profile(plane, axis::row, 2, {0, 5}), failure);
}

TEST_CASE("roi: a shape at the edge counts what is inside the image") {
  const auto plane = counting<uint8_t>(4, 3);
  const region all{0, 0, 4, 3};
  const auto s = statistics_of(rectangle{2, 1, 10, 10}, plane, all);
  CHECK(s.points == 4);
  CHECK(s.sum == 6 + 7 + 10 + 11);
  CHECK(s.min == 6);
  CHECK(s.max == 11);
  CHECK(statistics_of(rectangle{9, 9, 2, 2}, plane, all).points == 0);
  CHECK(!bounds_of(rectangle{9, 9, 2, 2}, {4, 3}));
}

TEST_CASE("roi: a read that is smaller than the image gives the same") {
  const auto plane = counting<uint8_t>(4, 3);
  const auto part = plane_of<uint8_t>(2, 2, {5, 6, 9, 10});
  const auto s =
    statistics_of(polygon{{{1, 1}, {2.9, 1}, {2.9, 2.9}, {1, 2.9}}}, part, {1, 1, 2, 2});
  CHECK(s.points == 4);
  CHECK(s.sum == 30);
}

TEST_CASE("roi: endless shapes end") {
  const auto plane = counting<uint8_t>(4, 3);
  const region all{0, 0, 4, 3};
  constexpr auto huge = 1e300;
  CHECK(statistics_of(rectangle{-huge, -huge, 2 * huge, 2 * huge}, plane, all).points
        == 12);
  CHECK(statistics_of(line{{0, 0}, {huge, huge}}, plane, all).points == 0);
  CHECK(statistics_of(mask{{0, 0, 1e9, 1e9}, {0xff}}, plane, all).points == 4);
  CHECK(statistics_of(mask{{-huge, not_a_number, huge, huge}, {0xff}}, plane, all).points
        == 0);
  CHECK(!bounds_of(point{-huge, huge}, {4, 3}));
  CHECK(statistics_of(point{-huge, not_a_number}, plane, all).points == 0);
}

// Histograms of whole images, counted while every sample is read for its range.

#include "storage/derive/statistics.hpp"
#include "storage/inspect/inspection_json.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace troupe;
using namespace troupe::test;

namespace {

constexpr auto bins = 256.0;

template <class Sample>
derive::pixel_rows rows_of(const std::vector<Sample>& samples) {
  return {reinterpret_cast<const uint8_t*>(samples.data()),
          samples.size() * sizeof(Sample), samples.size(), 1};
}

template <class Sample>
derive::channel_statistics counted(pixel_type type, const std::vector<Sample>& samples,
                                   int32_t channels = 1) {
  derive::sample_counter seen{type, channels};
  const auto half = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
  seen.add(0, rows_of(std::vector<Sample>{samples.begin(), half}));
  seen.add(0, rows_of(std::vector<Sample>{half, samples.end()}));
  return seen.of(0);
}

/// Each sample by itself, in the bin a number between from and to belongs to.
template <class Sample>
std::vector<uint64_t> by_hand(const std::vector<Sample>& samples, double from,
                              double to) {
  std::vector<uint64_t> counts(256);
  for (auto v : samples)
    ++counts[static_cast<size_t>(std::min(
      std::floor((static_cast<double>(v) - from) * bins / (to - from)), bins - 1))];
  return counts;
}

/// Not in order, so that the range grows from both ends.
template <class Sample>
std::vector<Sample> samples_of(Sample middle, Sample step) {
  std::vector<Sample> all;
  for (int i = 0; i < 3000; ++i)
    all.push_back(static_cast<Sample>(middle + step * (i % 2 ? i : -i / 2)));
  return all;
}

} // namespace

TEST_CASE("histograms: of 8 bits there is a bin for every value") {
  std::vector<uint8_t> samples;
  for (int i = 0; i < 1000; ++i)
    samples.push_back(static_cast<uint8_t>(20 + i * i % 111));
  const auto seen = counted(pixel_type::uint8, samples);
  std::vector<uint64_t> expected(256);
  for (auto v : samples)
    ++expected[v];
  CHECK(seen.bins.counts == expected);
  CHECK(seen.bins.from == 0);
  CHECK(seen.bins.to == 255);
  CHECK(seen.bins.exact);
}

TEST_CASE("histograms: of 16 bits they are exact, signed or not") {
  const auto words = samples_of<uint16_t>(20000, 7);
  const auto seen = counted(pixel_type::uint16, words);
  CHECK(seen.min == *std::min_element(words.begin(), words.end()));
  CHECK(seen.bins.counts == by_hand(words, seen.min, seen.max));
  CHECK(seen.bins.exact);
  const auto numbers = samples_of<int16_t>(-100, 5);
  const auto signed_ones = counted(pixel_type::int16, numbers);
  CHECK(signed_ones.max == *std::max_element(numbers.begin(), numbers.end()));
  CHECK(signed_ones.bins.counts == by_hand(numbers, signed_ones.min, signed_ones.max));
}

TEST_CASE("histograms: of floating samples none is lost, few are a bin off") {
  auto samples = samples_of<float>(0.5f, 0.001f);
  const auto expected =
    by_hand(samples, *std::min_element(samples.begin(), samples.end()),
            *std::max_element(samples.begin(), samples.end()));
  samples.push_back(std::numeric_limits<float>::quiet_NaN());
  samples.push_back(-std::numeric_limits<float>::infinity());
  const auto seen = counted(pixel_type::float32, samples);
  CHECK_FALSE(seen.bins.exact);
  REQUIRE(seen.bins.counts.size() == 256);
  uint64_t here = 0, there = 0;
  for (size_t i = 0; i < 256; ++i) { // sums differ by what is in the wrong bin
    here += seen.bins.counts[i];
    there += expected[i];
    CHECK(std::max(here, there) - std::min(here, there) <= 4);
  }
  CHECK(here == 3000);
}

TEST_CASE("histograms: what is far away, huge, flat or nothing has a place") {
  const std::vector<double> ends{-1e308, 0, 1e-300, 1e308};
  const auto wide = counted(pixel_type::float64, ends).bins.counts;
  CHECK(wide.front() == 1);
  CHECK(wide.back() == 1);
  CHECK(std::accumulate(wide.begin(), wide.end(), uint64_t{0}) == 4);
  CHECK(counted(pixel_type::float64, std::vector<double>(8, -3.25)).bins.counts[0] == 8);
  const std::vector<double> ever_wider{-1e-320, 1e-320, -1e-300, 1e300};
  const auto near_zero = counted(pixel_type::float64, ever_wider).bins.counts;
  CHECK(std::accumulate(near_zero.begin(), near_zero.end(), uint64_t{0}) == 4);
  const std::vector<float> none(4, std::numeric_limits<float>::quiet_NaN());
  CHECK(counted(pixel_type::float32, none).bins.counts.empty());
}

TEST_CASE("histograms: hundreds of channels are counted in less memory") {
  const auto words = samples_of<uint16_t>(20000, 7);
  const auto seen = counted(pixel_type::uint16, words, 500);
  CHECK(seen.min == *std::min_element(words.begin(), words.end()));
  CHECK_FALSE(seen.bins.exact);
  CHECK(std::accumulate(seen.bins.counts.begin(), seen.bins.counts.end(), uint64_t{0})
        == words.size());
}

TEST_CASE("histograms: what threads counted adds up, also after a restart") {
  const auto samples = samples_of<float>(-3, 0.25f);
  derive::sample_counter one{pixel_type::float32, 1}, two = one, all = one;
  one.add(0, rows_of(std::vector<float>{samples.begin(), samples.begin() + 10}));
  two.add(0, rows_of(std::vector<float>{samples.begin() + 10, samples.end()}));
  all.add(0, rows_of(samples));
  derive::sample_counter restored{pixel_type::float32, 1};
  restored.restore(one.save());
  restored.merge(two);
  CHECK(restored.of(0).bins.counts == all.of(0).bins.counts);
}

TEST_CASE("histograms: an inspection has them, estimates say so") {
  const scratch_folder folder;
  const tiff_page page{.bits = 16};
  const auto file = write_tiff(folder / "a.tif", {page});
  const auto x = inspection_of_json(to_json(inspect_here({.file = file}, [](double) {})));
  std::vector<uint16_t> samples;
  for (uint32_t i = 0; i < page.width * page.height; ++i)
    samples.push_back(
      static_cast<uint16_t>(stored_value(page, i % page.width, i / page.width, 0)));
  const auto& c = x.measured.at(0).channels.at(0);
  CHECK(c.bins.exact);
  CHECK(c.bins.counts == by_hand(samples, c.min, c.max));
  const auto y = inspect_here({.file = file, .measure_up_to = 100}, [](double) {});
  CHECK(y.estimated.at(0).channels.at(0).bins.counts == c.bins.counts);
  CHECK_FALSE(y.estimated.at(0).channels.at(0).bins.exact);
}

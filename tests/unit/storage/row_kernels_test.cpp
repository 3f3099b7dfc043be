#include "storage/render/project_kernels.hpp"
#include "storage/render/row_kernels.hpp"
#include "tests/unit/storage/planes.hpp"

#include <doctest/doctest.h>
#include <limits>
#include <random>

using namespace troupe;
using namespace troupe::render;
using test::type_of_sample;

namespace {

constexpr size_t count = 1000; // no multiple of any vector

std::vector<uint8_t> random_bytes(size_t size, uint32_t seed) {
  std::mt19937 random{seed};
  std::vector<uint8_t> bytes(size);
  for (auto& b : bytes)
    b = static_cast<uint8_t>(random());
  return bytes;
}

template <class Sample>
void check_line(double start, double end, const std::vector<Sample>& samples) {
  const quantiser q{{.type = type_of_sample<Sample>(), .start = start, .end = end}};
  REQUIRE(q.line());
  const auto bytes = reinterpret_cast<const uint8_t*>(samples.data());
  std::vector<uint8_t> wide(samples.size()), plain(samples.size()), single;
  kernels::line_levels(type_of_sample<Sample>(), bytes, samples.size(), *q.line(),
                       wide.data());
  kernels::plain::line_levels(type_of_sample<Sample>(), bytes, samples.size(), *q.line(),
                              plain.data());
  for (auto s : samples)
    single.push_back(q.level(static_cast<double>(s)));
  CHECK(plain == single);
  CHECK(wide == single);
  if constexpr (sizeof(Sample) == 2)
    if (const auto whole = integer_line_of(*q.line(), type_of_sample<Sample>())) {
      kernels::integer_levels(bytes, samples.size(), *whole, wide.data());
      kernels::plain::integer_levels(bytes, samples.size(), *whole, plain.data());
      CHECK(plain == single);
      CHECK(wide == single);
    }
}

/// Bit patterns of all kinds, and samples around the window's ends.
template <class Sample>
void check_line(double start, double end) {
  const auto bytes = random_bytes(count * sizeof(Sample), 7);
  std::vector<Sample> samples(count);
  std::memcpy(samples.data(), bytes.data(), bytes.size());
  std::mt19937 random{11};
  std::uniform_real_distribution<double> inside{start - 3, end + 3};
  for (size_t i = 0; i < count; i += 2)
    samples[i] = static_cast<Sample>(inside(random));
  for (auto edge : {start, end, (start + end) / 2})
    samples.push_back(static_cast<Sample>(edge));
  if constexpr (std::is_floating_point_v<Sample>) {
    using limits = std::numeric_limits<Sample>;
    for (auto odd : {limits::quiet_NaN(), limits::infinity(), -limits::infinity(),
                     limits::denorm_min(), limits::max()})
      samples.insert(samples.begin(), odd);
  }
  check_line(start, end, samples);
}

} // namespace

TEST_CASE("kernels: every 16-bit sample gets the level of the formula") {
  std::vector<uint16_t> all(65536);
  std::vector<int16_t> all_signed(65536);
  for (size_t i = 0; i < all.size(); ++i) {
    all[i] = static_cast<uint16_t>(i);
    all_signed[i] = static_cast<int16_t>(i);
  }
  std::mt19937 random{3};
  std::uniform_real_distribution<double> ends{0, 65535};
  for (auto window : {std::pair{0.0, 65535.0},
                      {0.0, 4095.0},
                      {100.0, 101.0},
                      {0.5, 0.502},
                      {1000.25, 30000.75},
                      {0.0, 510.0}})
    check_line(window.first, window.second, all);
  for (int i = 0; i < 20; ++i) {
    const auto a = ends(random), b = ends(random);
    check_line(std::min(a, b), std::max(a, b), all);
    check_line(std::min(a, b) - 32768, std::max(a, b) - 32768, all_signed);
  }
}

TEST_CASE("kernels: nearly all windows of 16-bit samples are drawn in whole numbers") {
  std::mt19937 random{5};
  int whole = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto start = static_cast<double>(random() % 2000);
    const quantiser q{{.type = pixel_type::uint16,
                       .start = start,
                       .end = start + 2 + static_cast<double>(random() % 60000)}};
    whole += integer_line_of(*q.line(), pixel_type::uint16) ? 1 : 0;
  }
  CHECK(whole > 900);
}

TEST_CASE("kernels: wide samples get the level of the formula") {
  for (auto window : {std::pair{0.0, 1000.0}, {10.5, 70000.25}, {0.0, 2147483647.0}}) {
    check_line<int32_t>(-window.second, window.second);
    check_line<uint32_t>(window.first, window.second);
    check_line<float>(window.first, window.second);
    check_line<float>(-window.second, window.first);
    check_line<double>(-window.second, window.second);
  }
  check_line<float>(1e9, 1e9 + 64); // digits are lost: levels wrap alike
  check_line<double>(0.1, 0.1);
}

TEST_CASE("kernels: sums saturate") {
  const auto levels = random_bytes(count, 1), sums = random_bytes(count, 2);
  auto wide = sums, plain = sums;
  kernels::add_levels(levels.data(), count, wide.data());
  kernels::plain::add_levels(levels.data(), count, plain.data());
  CHECK(wide == plain);
  for (uint16_t factor : {1, 256, 257, 32768, 51400, 65535}) {
    kernels::add_parts(levels.data(), count, factor, wide.data());
    kernels::plain::add_parts(levels.data(), count, factor, plain.data());
    CHECK(wide == plain);
    wide = plain = sums;
  }
}

TEST_CASE("kernels: three rows become one") {
  const auto red = random_bytes(count, 1), green = random_bytes(count, 2),
             blue = random_bytes(count, 3);
  std::vector<uint8_t> wide(3 * count), plain(3 * count);
  kernels::interleave(red.data(), green.data(), blue.data(), count, wide.data());
  kernels::plain::interleave(red.data(), green.data(), blue.data(), count, plain.data());
  CHECK(wide == plain);
  CHECK(wide[4] == green[1]);
}

TEST_CASE("kernels: a maximum and a sum of samples equal the plain ones") {
  for (auto type : {pixel_type::int8, pixel_type::uint8, pixel_type::int16,
                    pixel_type::uint16, pixel_type::int32, pixel_type::uint32,
                    pixel_type::float32, pixel_type::float64}) {
    CAPTURE(static_cast<int>(type));
    const auto bytes = random_bytes(count * bytes_of(type), 5); // NaN among the floats
    auto wide = random_bytes(count * bytes_of(type), 6), plain = wide;
    kernels::raise(type, bytes.data(), count, wide.data());
    kernels::plain::raise(type, bytes.data(), count, plain.data());
    CHECK(wide == plain);
    std::vector<double> wide_sums(count, 0.5), plain_sums = wide_sums;
    kernels::add_samples(type, bytes.data(), count, wide_sums.data());
    kernels::plain::add_samples(type, bytes.data(), count, plain_sums.data());
    CHECK(std::memcmp(wide_sums.data(), plain_sums.data(), count * sizeof(double)) == 0);
  }
}

#include "storage/encode/luma_chroma.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace troupe;

namespace {

/// Two rows of each component.
struct rows {
  std::vector<uint8_t> bytes;
  component_rows upper, lower;

  rows(size_t count, auto value) {
    for (size_t i = 0; i < 6 * count; ++i)
      bytes.push_back(static_cast<uint8_t>(value(i)));
    for (size_t c = 0; c < 3; ++c) {
      upper[c] = bytes.data() + 2 * c * count;
      lower[c] = upper[c] + count;
    }
  }
};

struct result {
  std::vector<uint8_t> luma0, luma1, blue, red;
  explicit result(size_t count)
    : luma0(count),
      luma1(count),
      blue(count / 2),
      red(count / 2) {}
  luma_chroma_rows rows() {
    return {{luma0.data(), luma1.data()}, blue.data(), red.data()};
  }
  bool operator==(const result&) const = default;
};

} // namespace

TEST_CASE("luma chroma: vectors equal single pixels for every colour") {
  constexpr size_t count = 65536 + 6;         // of no vector a multiple
  for (size_t red = 0; red < 256; red += 5) { // 0, 255 and between
    const rows r{count, [&](size_t i) {
                   const auto x = i % count, component = i / count / 2;
                   return component == 0 ? red : component == 1 ? x : x >> 8;
                 }};
    result wide{count}, plain{count};
    to_luma_chroma(r.upper, r.lower, count, wide.rows());
    plain::to_luma_chroma(r.upper, r.lower, 0, count, plain.rows());
    CHECK(wide == plain);
  }
}

TEST_CASE("luma chroma: halved chroma is rounded in turn") {
  const rows r{200, [](size_t i) { return i * 7919 >> 3; }};
  result wide{200}, plain{200};
  to_luma_chroma(r.upper, r.lower, 200, wide.rows());
  plain::to_luma_chroma(r.upper, r.lower, 0, 200, plain.rows());
  CHECK(wide == plain);
}

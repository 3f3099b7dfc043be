#include "storage/render/projected_reader.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::render;

namespace {

/// Two channels, four sections; a sample is 10 * z + c, of the region's size.
class staircase : public formats::reader {
public:
  staircase() {
    formats::series s{.size = {8, 4, 4, 2, 1}, .levels = {{8, 4}}};
    s.channels.resize(2);
    what_.images.push_back(s);
  }
  const formats::description& describe() const override { return what_; }
  std::vector<raw_plane> read(const formats::block& b) override {
    std::vector<raw_plane> out;
    for (auto c : b.channels)
      out.push_back({b.where.width, b.where.height, pixel_type::uint8,
                     shared_bytes{shared_bytes::vector(
                       static_cast<size_t>(b.where.width) * b.where.height,
                       static_cast<uint8_t>(10 * b.at.z + c))}});
    return out;
  }

private:
  formats::description what_;
};

formats::block corner() {
  return {.channels = {1, 0}, .where = {2, 1, 3, 2}};
}

uint8_t first_of(const raw_plane& p) {
  return p.samples.data()[0];
}

} // namespace

TEST_CASE("projected reader: every channel of a region, projected") {
  staircase stack;
  const auto read = [&](projection how, z_range z) {
    return projected_reader{stack, {how, z}, 1 << 20}.read(corner());
  };
  const auto highest = read(projection::max, {0, 3});
  REQUIRE(highest.size() == 2);
  CHECK(highest[0].width == 3);
  CHECK(highest[0].height == 2);
  CHECK(first_of(highest[0]) == 31);
  CHECK(first_of(highest[1]) == 30);
  CHECK(first_of(read(projection::mean, {0, 2})[0]) == 11);
  CHECK(first_of(read(projection::sum, {1, 2})[0]) == 32);
}

TEST_CASE("projected reader: reads no more than it may, in all") {
  staircase stack;
  projected_reader once{stack, {projection::max, {0, 3}}, 3 * 2 * 2 * 4};
  CHECK_NOTHROW(once.read(corner()));
  try {
    once.read(corner());
    FAIL("read more");
  } catch (const failure& e) {
    CHECK(e.code == errc::too_large);
  }
}

TEST_CASE("projected reader: sections the stack does not have are refused") {
  staircase stack;
  CHECK_THROWS_AS(
    (projected_reader{stack, {projection::max, {0, 4}}, 1000}.read(corner())), failure);
}

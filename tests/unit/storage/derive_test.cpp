// Pyramids made of images: every sample of every level, against the rule written naively.

#include "storage/derive/build.hpp"
#include "storage/derive/pyramid_fileset.hpp"
#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/memory_fileset.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <doctest/doctest.h>
#include <limits>
#include <sys/wait.h>
#include <unistd.h>

using namespace troupe;
using namespace troupe::test;

namespace {

/// Some value of the type, all over its range; now and then NaN for floats.
template <class Sample>
void some_value(int32_t x, int32_t y, int32_t c, plane_index at, uint8_t* to) {
  auto h = static_cast<uint64_t>(x) * 0x9e3779b97f4a7c15u
           + static_cast<uint64_t>(y) * 0xc2b2ae3d27d4eb4fu
           + static_cast<uint64_t>(c * 7 + at.z * 13 + at.t * 29) * 0x165667b19e3779f9u;
  h ^= h >> 29;
  Sample v;
  if constexpr (std::is_floating_point_v<Sample>)
    v = h % 11 == 0 ? std::numeric_limits<Sample>::quiet_NaN()
                    : static_cast<Sample>(static_cast<double>(h % 100'000) / 7 - 3000);
  else
    v = static_cast<Sample>(h);
  std::memcpy(to, &v, sizeof v);
}

template <class Sample>
memory_image image_of(pixel_type type, dimensions size, extent tile, int32_t samples) {
  return {size, type, tile, samples, samples == 3, some_value<Sample>};
}

/// One channel as numbers.
struct numbers {
  int32_t width = 0, height = 0;
  std::vector<double> values;
  double at(int32_t x, int32_t y) const {
    return values[static_cast<size_t>(y) * static_cast<size_t>(width)
                  + static_cast<size_t>(x)];
  }
};

template <class Sample>
numbers numbers_of(const raw_plane& p) {
  numbers n{p.width, p.height, {}};
  for (size_t i = 0; i < p.samples.size(); i += sizeof(Sample)) {
    Sample v;
    std::memcpy(&v, p.samples.data() + i, sizeof v);
    n.values.push_back(static_cast<double>(v));
  }
  return n;
}

/// Section 9, word for word.
template <class Sample>
numbers half(const numbers& n, bool nearest) {
  numbers out{(n.width + 1) / 2, (n.height + 1) / 2, {}};
  for (int32_t y = 0; y < n.height; y += 2)
    for (int32_t x = 0; x < n.width; x += 2) {
      double sum = 0;
      int count = 0;
      for (auto j = y; j < std::min(y + 2, n.height); ++j)
        for (auto i = x; i < std::min(x + 2, n.width); ++i)
          if (!std::isnan(n.at(i, j))) {
            sum += n.at(i, j);
            ++count;
          }
      auto mean = sum / count;
      if constexpr (std::is_integral_v<Sample>)
        mean = std::floor(mean + 0.5);
      out.values.push_back(nearest ? n.at(x, y)
                                   : static_cast<double>(static_cast<Sample>(mean)));
    }
  return out;
}

template <class Sample>
void check_levels(const formats::fileset_ptr& set, bool nearest = false) {
  formats::fileset_reader reader{set};
  const auto& s = set->describe().images[0];
  for (int32_t t = 0; t < s.size.t; ++t)
    for (int32_t z = 0; z < s.size.z; ++z)
      for (int32_t c = 0; c < s.size.c; ++c) {
        numbers expected;
        for (int32_t level = 0; level < static_cast<int32_t>(s.levels.size()); ++level) {
          const auto size = s.levels[static_cast<size_t>(level)];
          const auto got = numbers_of<Sample>(
            reader.read({0, level, {z, t}, {c}, {0, 0, size.width, size.height}})[0]);
          if (level == 0) {
            expected = got;
            continue;
          }
          expected = half<Sample>(expected, nearest);
          REQUIRE(got.width == expected.width);
          REQUIRE(got.height == expected.height);
          size_t wrong = 0;
          for (size_t i = 0; i < got.values.size(); ++i)
            wrong += got.values[i] != expected.values[i]
                     && !(std::isnan(got.values[i]) && std::isnan(expected.values[i]));
          CAPTURE(level);
          CAPTURE(c);
          CHECK(wrong == 0);
        }
      }
}

struct workshop {
  scratch_folder folder;
  std::filesystem::path file = write_file(folder / "source", "as long as this");

  derive::build_request request(formats::fileset_ptr from) const {
    return {std::move(from), file, 0, folder / "7", 2, std::chrono::milliseconds{0}};
  }
  derive::pyramid_meta build(const formats::fileset_ptr& from) const {
    return derive::build(request(from), [](double) {});
  }
  formats::fileset_ptr open(const formats::fileset_ptr& from) const {
    return derive::with_pyramid(from, file, 0, folder / "7");
  }
};

formats::fileset_ptr memory(memory_image image) {
  return std::make_shared<memory_fileset>(std::move(image));
}

template <class Sample>
void check_type(pixel_type type, extent tile, int32_t channels, int32_t samples,
                dimensions size = {3301, 3203, 1, 1, 1}) {
  CAPTURE(name_of(type));
  size.c = channels;
  workshop at;
  const auto source = memory(image_of<Sample>(type, size, tile, samples));
  at.build(source);
  const auto set = at.open(source);
  REQUIRE(set);
  check_levels<Sample>(set, type == pixel_type::bit);
}

} // namespace

TEST_CASE("derive: levels halve until both sides are at most 256") {
  CHECK(derive::levels_below({256, 100}).empty());
  CHECK(derive::levels_below({1000, 1010})
        == std::vector<extent>{{500, 505}, {250, 253}});
  CHECK(derive::levels_below({257, 1}) == std::vector<extent>{{129, 1}});
}

TEST_CASE("derive: only big images get a pyramid") {
  CHECK_FALSE(derive::is_big({3192, 3192}));
  CHECK(derive::is_big({3193, 3192}));
  auto small = memory(image_of<uint8_t>(pixel_type::uint8, {3192, 3192}, {512, 512}, 1));
  CHECK_FALSE(derive::plan_of(*small, 0));
  auto complex =
    memory(image_of<double>(pixel_type::complex64, {4000, 4000}, {512, 512}, 1));
  CHECK_FALSE(derive::plan_of(*complex, 0));
}

TEST_CASE("derive: the vectors equal the plain rule") {
  for (size_t samples : {1, 2, 3, 4})
    for (auto type : {pixel_type::uint8, pixel_type::int8, pixel_type::uint16,
                      pixel_type::int16, pixel_type::float32})
      for (size_t width = 1; width < 150; ++width) {
        const auto bytes = width * samples * bytes_of(type);
        std::vector<uint8_t> above(bytes), below(bytes);
        for (size_t i = 0; i < bytes; ++i) {
          above[i] = static_cast<uint8_t>(i * 37 + width);
          below[i] = static_cast<uint8_t>(255 - i * 11);
        }
        const auto half = (width + 1) / 2 * samples * bytes_of(type);
        std::vector<uint8_t> fast(half), plain(half);
        const derive::row_pair rows{above.data(), below.data(), width, samples};
        derive::halve_rows(type, derive::reduction::mean, rows, fast.data());
        derive::halve_rows_plainly(type, derive::reduction::mean, rows, plain.data());
        REQUIRE(fast == plain);
      }
}

TEST_CASE("derive: every level of every type is exact") {
  check_type<uint8_t>(pixel_type::uint8, {256, 256}, 1, 1);
  check_type<int8_t>(pixel_type::int8, {512, 256}, 1, 1);
  check_type<uint16_t>(pixel_type::uint16, {256, 256}, 2, 1);
  check_type<int16_t>(pixel_type::int16, {256, 256}, 1, 1);
  check_type<uint32_t>(pixel_type::uint32, {256, 256}, 1, 1);
  check_type<int32_t>(pixel_type::int32, {1024, 1024}, 1, 1);
  check_type<float>(pixel_type::float32, {256, 256}, 1, 1);
  check_type<double>(pixel_type::float64, {256, 256}, 1, 1);
}

TEST_CASE("derive: RGB stays together, and every plane gets its levels") {
  check_type<uint8_t>(pixel_type::uint8, {256, 256}, 3, 3);
  check_type<uint16_t>(pixel_type::uint16, {240, 240}, 2, 2, {3200, 3200, 2, 1, 2});
}

TEST_CASE("derive: any native tile will do") {
  check_type<uint8_t>(pixel_type::uint8, {3301, 7}, 1, 1);    // odd strips
  check_type<uint8_t>(pixel_type::uint8, {240, 300}, 1, 1);   // no divisor of a step
  check_type<uint8_t>(pixel_type::uint8, {251, 1501}, 1, 1);  // odd and tall
  check_type<uint8_t>(pixel_type::uint8, {16, 16}, 1, 1);     // tiny
  check_type<uint8_t>(pixel_type::uint8, {3301, 3203}, 3, 3); // one huge: stored anew
}

TEST_CASE("derive: a huge native tile is stored anew for viewers") {
  workshop at;
  const auto source =
    memory(image_of<uint8_t>(pixel_type::uint8, {5001, 4001}, {5001, 4001}, 1));
  at.build(source);
  const auto set = at.open(source);
  REQUIRE(set);
  CHECK(set->tiling_of(0, 0).tile == extent{512, 512});
  CHECK(set->describe().images[0].levels.front() == extent{5001, 4001});
  formats::fileset_reader was{source}, is{set};
  const formats::block b{0, 0, {}, {0}, {4000, 3000, 1001, 1001}};
  CHECK(was.read(b)[0].samples.view() == is.read(b)[0].samples.view());
}

TEST_CASE("derive: labels take the nearest sample, a mean would be another label") {
  auto image = image_of<uint8_t>(pixel_type::bit, {3301, 3203}, {256, 256}, 1);
  image.fill = [](int32_t x, int32_t y, int32_t, plane_index, uint8_t* to) {
    *to = static_cast<uint8_t>((x / 3 + y / 2) % 2);
  };
  workshop at;
  const auto source = memory(std::move(image));
  at.build(source);
  const auto set = at.open(source);
  REQUIRE(set);
  check_levels<uint8_t>(set, true);
}

TEST_CASE("derive: what a file calls labels is not averaged") {
  auto image = image_of<uint16_t>(pixel_type::uint16, {3301, 3203}, {256, 256}, 1);
  image.labels = true;
  workshop at;
  const auto source = memory(std::move(image));
  at.build(source);
  const auto set = at.open(source);
  REQUIRE(set);
  check_levels<uint16_t>(set, true);
}

TEST_CASE("derive: what the samples are like is known afterwards") {
  auto image = image_of<uint16_t>(pixel_type::uint16, {4000, 3000}, {256, 256}, 1);
  image.fill = [](int32_t x, int32_t y, int32_t, plane_index, uint8_t* to) {
    const auto v = static_cast<uint16_t>(100 + (x < 2000 ? 0 : 255) + (y == 7));
    std::memcpy(to, &v, 2);
  };
  workshop at;
  const auto meta = at.build(memory(std::move(image)));
  REQUIRE(meta.channels.size() == 1);
  const auto& c = meta.channels[0];
  CHECK(c.min == 100);
  CHECK(c.max == 356);
  CHECK(c.bins.from == 100);
  CHECK(c.bins.to == 356);
  CHECK(c.bins.counts[0] == 2000 * 2999);
  CHECK(c.bins.counts[1] == 2000);
  CHECK(c.bins.counts[255] == 2000 * 3000);
  CHECK(c.bins.exact);
  CHECK(derive::read_meta(at.folder / "7")->channels[0].bins.counts == c.bins.counts);
}

TEST_CASE("derive: signed and floating samples have their range too") {
  auto image = image_of<int16_t>(pixel_type::int16, {4000, 3000}, {256, 256}, 1);
  image.fill = [](int32_t x, int32_t, int32_t, plane_index, uint8_t* to) {
    const auto v = static_cast<int16_t>(x < 100 ? -300 : 20);
    std::memcpy(to, &v, 2);
  };
  workshop a, b;
  const auto ints = a.build(memory(std::move(image))).channels[0];
  CHECK(ints.min == -300);
  CHECK(ints.max == 20);
  CHECK(ints.bins.counts.front() == 100 * 3000);

  image = image_of<float>(pixel_type::float32, {4000, 3000}, {256, 256}, 1);
  image.fill = [](int32_t x, int32_t y, int32_t, plane_index, uint8_t* to) {
    auto v = x < 2000 ? -1.5f : 2.5f;
    if (y == 9)
      v = std::numeric_limits<float>::infinity();
    std::memcpy(to, &v, 4);
  };
  const auto floats = b.build(memory(std::move(image))).channels[0];
  CHECK(floats.min == -1.5);
  CHECK(floats.max == 2.5);
  CHECK(floats.bins.counts.front() > floats.bins.counts[100]);
  CHECK(floats.bins.counts.back() > 0);
  CHECK(floats.bins.counts.front() + floats.bins.counts.back() == 4000 * 2999); // all
  CHECK_FALSE(floats.bins.exact);
}

TEST_CASE("derive: a build that is killed goes on where it was") {
  const auto image =
    image_of<uint8_t>(pixel_type::uint8, {3301, 4203, 2, 1, 1}, {256, 256}, 1);
  workshop whole;
  const auto expected = whole.build(memory(image));
  for (auto point :
       {"derive.flushed", "derive.saved", "derive.finished", "derive.renamed"}) {
    CAPTURE(point);
    workshop at;
    int64_t last_steps = 0;
    for (int kills = 0;; ++kills) {
      REQUIRE(kills < 20);
      const auto child = ::fork();
      if (child == 0) {
        if (kills < 8)
          ::setenv("TROUPE_FAULT_POINT", point, 1);
        auto again = at.request(memory(image));
        again.threads = 1; // of a forked process
        int64_t steps = 0;
        derive::build(again, [&](double) { ++steps; });
        ::_exit(static_cast<int>(steps));
      }
      int status = 0;
      ::waitpid(child, &status, 0);
      if (WIFEXITED(status)) {
        last_steps = WEXITSTATUS(status);
        break;
      }
    }
    if (std::string_view{point} == "derive.saved")
      CHECK(last_steps < 10); // of 2 x 5: what was done was not done again
    const auto set = at.open(memory(image));
    REQUIRE(set);
    check_levels<uint8_t>(set);
    const auto counts = derive::read_meta(at.folder / "7")->channels[0].bins.counts;
    CHECK(counts == expected.channels[0].bins.counts);
    CHECK_FALSE(std::filesystem::exists(at.folder / "7.part"));
  }
}

TEST_CASE("derive: what does not fit its source is ignored and built anew") {
  workshop at;
  const auto source =
    memory(image_of<uint8_t>(pixel_type::uint8, {4000, 3000}, {256, 256}, 1));
  at.build(source);
  REQUIRE(at.open(source));
  const auto meta = at.folder / "7" / derive::meta_name;
  const auto good = text_of(meta);

  write_file(meta, good.substr(0, good.size() / 2));
  CHECK_FALSE(at.open(source));
  at.build(source);
  CHECK(at.open(source));

  write_file(at.file, "longer than it was before");
  CHECK_FALSE(at.open(source));
  at.build(source);
  CHECK(at.open(source));

  std::filesystem::resize_file(at.folder / "7" / derive::pyramid_name, 1000);
  CHECK_FALSE(at.open(source));
  derive::remove(at.folder / "7");
  CHECK_FALSE(at.open(source));
  CHECK_FALSE(std::filesystem::exists(at.folder / "7"));
}

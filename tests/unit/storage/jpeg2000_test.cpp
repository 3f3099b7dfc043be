// JPEG 2000 files as images.

#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/jpeg2000_writer.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

TEST_CASE("jpeg 2000: resolutions are levels down to what fits a window") {
  const scratch_folder folder;
  write_jpeg2000((folder / "a.jp2").string(),
                 {.width = 1100,
                  .height = 700,
                  .bits = 16,
                  .resolutions = 6,
                  .tile = 512,
                  .wrapped = OPJ_CODEC_JP2},
                 {std::vector<int32_t>(1100 * 700, 40'000)});
  const auto reader = formats::open(folder / "a.jp2");
  CHECK(reader->describe().format == "JPEG 2000");
  const auto& s = reader->describe().images[0];
  CHECK(s.type == pixel_type::uint16);
  CHECK(s.levels == std::vector<extent>{{1100, 700}, {550, 350}, {275, 175}, {138, 88}});
  CHECK(s.tile == extent{512, 512});
  for (int32_t level = 0; level < 4; ++level) {
    const auto size = s.levels[static_cast<size_t>(level)];
    const auto got =
      reader->read({0, level, {}, {0}, {3, 2, size.width - 3, size.height - 2}});
    CHECK(samples_of<uint16_t>(got[0])
          == std::vector<uint16_t>(static_cast<size_t>(size.width - 3)
                                     * static_cast<size_t>(size.height - 2),
                                   40'000));
  }
}

TEST_CASE("jpeg 2000: three components are a colour picture, two are channels") {
  const scratch_folder folder;
  write_jpeg2000((folder / "a").string(), {.width = 1, .height = 1}, {{1}, {2}, {3}});
  auto reader = formats::open(folder / "a");
  CHECK(reader->describe().images[0].rgb);
  const auto got = reader->read({0, 0, {}, {2, 0}, {0, 0, 1, 1}});
  CHECK(samples_of<uint8_t>(got[0])[0] == 3);
  CHECK(samples_of<uint8_t>(got[1])[0] == 1);
  write_jpeg2000((folder / "b").string(), {.width = 1, .height = 1}, {{1}, {2}});
  reader = formats::open(folder / "b");
  CHECK(!reader->describe().images[0].rgb);
  CHECK(reader->describe().images[0].size.c == 2);
}

TEST_CASE("jpeg 2000: a head without a picture is refused") {
  const scratch_folder folder;
  write_file(folder / "a.j2k",
             std::string{"\xff\x4f\xff\x51\0\x29", 6} + std::string(40, 0));
  CHECK_THROWS_AS(formats::open(folder / "a.j2k"), failure);
}

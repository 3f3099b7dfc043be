// JPEG 2000 codestreams, made in code with OpenJPEG's encoder.

#include "storage/formats/openjpeg.hpp"

#include "storage/failure.hpp"
#include "tests/unit/storage/jpeg2000_writer.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;
using formats::jpeg2000_samples;

namespace {

/// What lies at (x, y) of the pictures here.
int32_t value_at(int32_t x, int32_t y, int32_t white) {
  return (x * 7 + y * 13) % (white + 1);
}

std::vector<int32_t> ramp(int32_t width, int32_t height, int32_t white) {
  std::vector<int32_t> samples;
  for (int32_t y = 0; y < height; ++y)
    for (int32_t x = 0; x < width; ++x)
      samples.push_back(value_at(x, y, white));
  return samples;
}

std::vector<uint8_t> written(const jpeg2000_recipe& recipe,
                             const std::vector<std::vector<int32_t>>& components) {
  const scratch_folder folder;
  write_jpeg2000((folder / "a.j2k").string(), recipe, components);
  const auto text = text_of(folder / "a.j2k");
  return {text.begin(), text.end()};
}

} // namespace

TEST_CASE("openjpeg: a codestream in memory becomes interleaved samples") {
  const auto stored = written({.width = 5, .height = 4},
                              {ramp(5, 4, 255), ramp(5, 4, 100), ramp(5, 4, 30)});
  const auto got = formats::decode_jpeg2000(stored, {5, 4});
  CHECK(got.shape.size == extent{5, 4});
  CHECK(got.shape.samples == 3);
  CHECK(got.shape.type == pixel_type::uint8);
  REQUIRE(got.pixels.size() == 60);
  CHECK(got.pixels[3 * 7] == value_at(2, 1, 255));
  CHECK(got.pixels[3 * 7 + 1] == value_at(2, 1, 100));
  CHECK(got.pixels[3 * 7 + 2] == value_at(2, 1, 30));
}

TEST_CASE("openjpeg: 9 bits stay as coded, or fill their type from the top") {
  const auto stored = written({.width = 3, .height = 1, .bits = 9}, {{0, 300, 511}});
  const auto from = formats::bytes_in_memory(stored);
  const auto shape = formats::read_jpeg2000_head(from);
  CHECK(shape.type == pixel_type::uint16);
  CHECK(shape.bits == 9);
  CHECK(formats::decode_jpeg2000(from, shape, 0, {1, 0, 2, 1}, jpeg2000_samples::as_coded)
        == std::vector<uint8_t>{44, 1, 255, 1});
  CHECK(formats::decode_jpeg2000(from, shape, 0, {1, 0, 2, 1}, jpeg2000_samples::spread)
        == std::vector<uint8_t>{0, 150, 128, 255});
}

TEST_CASE("openjpeg: signed samples keep their sign") {
  const auto stored =
    written({.width = 2, .height = 1, .bits = 12, .is_signed = true}, {{-3, 2000}});
  const auto got = formats::decode_jpeg2000(stored, {2, 1});
  CHECK(got.shape.type == pixel_type::int16);
  CHECK(got.pixels == std::vector<uint8_t>{253, 255, 208, 7});
}

TEST_CASE(
  "openjpeg: any rectangle of any tile, also of a picture off the grid's origin") {
  for (int32_t left : {0, 5})
    for (int32_t tile : {0, 16}) {
      CAPTURE(left);
      CAPTURE(tile);
      const auto stored =
        written({.width = 50, .height = 40, .resolutions = 3, .tile = tile, .left = left},
                {ramp(50, 40, 255)});
      const auto from = formats::bytes_in_memory(stored);
      const auto shape = formats::read_jpeg2000_head(from);
      CHECK(shape.size == extent{50, 40});
      CHECK(shape.resolutions == 3);
      const auto got = formats::decode_jpeg2000(from, shape, 0, {13, 17, 20, 5},
                                                jpeg2000_samples::as_coded);
      REQUIRE(got.size() == 100);
      for (int32_t i = 0; i < 100; ++i)
        CHECK(got[static_cast<size_t>(i)] == value_at(13 + i % 20, 17 + i / 20, 255));
    }
}

TEST_CASE("openjpeg: parts of a lower resolution are parts of its whole") {
  for (int32_t left : {0, 5}) {
    const auto stored =
      written({.width = 50, .height = 41, .resolutions = 3, .tile = 32, .left = left},
              {ramp(50, 41, 255)});
    const auto from = formats::bytes_in_memory(stored);
    const auto shape = formats::read_jpeg2000_head(from);
    const auto small = formats::reduced(shape, 2);
    CHECK(small == extent{left == 0 ? 13 : 12, 11});
    const auto whole = formats::decode_jpeg2000(
      from, shape, 2, {0, 0, small.width, small.height}, jpeg2000_samples::as_coded);
    const auto part =
      formats::decode_jpeg2000(from, shape, 2, {4, 3, 6, 2}, jpeg2000_samples::as_coded);
    for (int32_t i = 0; i < 12; ++i)
      CHECK(part[static_cast<size_t>(i)]
            == whole[static_cast<size_t>((3 + i / 6) * small.width + 4 + i % 6)]);
  }
}

TEST_CASE("openjpeg: luma and halved chromas become red, green and blue") {
  const std::vector<int32_t> grey(16, 100), none(4, 128), red(4, 200);
  const auto stored = written({.width = 4,
                               .height = 4,
                               .chroma_step = 2,
                               .color = OPJ_CLRSPC_SYCC,
                               .wrapped = OPJ_CODEC_JP2},
                              {grey, none, red});
  const auto got = formats::decode_jpeg2000(stored, {4, 4});
  CHECK(got.shape.luma);
  CHECK(got.pixels[45] == 201);
  CHECK(got.pixels[46] == 49);
  CHECK(got.pixels[47] == 100);
}

TEST_CASE("openjpeg: what is cut, larger than agreed or no codestream is refused") {
  auto stored = written({.width = 64, .height = 64}, {ramp(64, 64, 255)});
  CHECK_THROWS_WITH_AS(formats::decode_jpeg2000(stored, {63, 64}),
                       "a JPEG 2000 tile of 64 x 64 pixels where at most 63 x 64 fit",
                       failure);
  stored.resize(stored.size() / 2);
  CHECK_THROWS_AS(formats::decode_jpeg2000(stored, {64, 64}), failure);
  const std::vector<uint8_t> zeros(100, 0);
  CHECK_THROWS_AS(formats::decode_jpeg2000(zeros, {64, 64}), failure);
}

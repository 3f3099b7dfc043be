// PNG and JPEG, made in code with other entry points of their libraries.

#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>
#include <png.h>
#include <turbojpeg.h>

using namespace troupe;
using namespace troupe::test;

namespace {

/// @param samples  rows without padding, 16-bit samples big-endian.
std::filesystem::path write_png(const std::filesystem::path& file, uint32_t width,
                                uint32_t height, int bits, int color,
                                const std::vector<uint8_t>& samples,
                                bool interlaced = false) {
  const auto out = std::fopen(file.c_str(), "wb");
  auto png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  auto info = png_create_info_struct(png);
  png_init_io(png, out);
  png_set_IHDR(png, info, width, height, bits, color,
               interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (color == PNG_COLOR_TYPE_PALETTE) {
    const png_color palette[] = {{1, 2, 3}, {40, 50, 60}};
    png_set_PLTE(png, info, palette, 2);
  }
  png_write_info(png, info);
  std::vector<png_bytep> rows;
  for (uint32_t y = 0; y < height; ++y)
    rows.push_back(const_cast<png_bytep>(samples.data()) + y * samples.size() / height);
  png_write_image(png, rows.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  std::fclose(out);
  return file;
}

std::vector<uint8_t> first_samples(formats::reader& reader, const region& r) {
  std::vector<int32_t> channels;
  for (int32_t c = 0; c < reader.describe().images[0].size.c; ++c)
    channels.push_back(c);
  std::vector<uint8_t> result;
  for (auto& p : reader.read({0, 0, {}, channels, r}))
    result.insert(result.end(), p.samples.view().begin(), p.samples.view().end());
  return result;
}

std::filesystem::path write_jpeg(const std::filesystem::path& file, int width, int height,
                                 int format, int sampling,
                                 const std::vector<uint8_t>& samples) {
  const auto handle = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  tjCompress2(handle, samples.data(), width, 0, height, format, &bytes, &size, sampling,
              100, 0);
  write_file(file, std::string{reinterpret_cast<char*>(bytes), size});
  tjFree(bytes);
  tjDestroy(handle);
  return file;
}

} // namespace

TEST_CASE("png: grey, colour, alpha and palette, also interlaced") {
  const scratch_folder folder;
  auto reader = formats::open(
    write_png(folder / "a", 2, 2, 8, PNG_COLOR_TYPE_GRAY, {1, 2, 3, 4}, true));
  CHECK(reader->describe().format == "PNG");
  CHECK(first_samples(*reader, {1, 0, 1, 2}) == std::vector<uint8_t>{2, 4});
  CHECK(!reader->describe().images[0].rgb);
  reader = formats::open(
    write_png(folder / "a", 2, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, {1, 2, 3, 4, 5, 6, 7, 8}));
  CHECK(reader->describe().images[0].rgb);
  CHECK(first_samples(*reader, {0, 0, 2, 1})
        == std::vector<uint8_t>{1, 5, 2, 6, 3, 7, 4, 8});
  reader =
    formats::open(write_png(folder / "a", 2, 1, 8, PNG_COLOR_TYPE_PALETTE, {1, 0}));
  CHECK(first_samples(*reader, {0, 0, 2, 1})
        == std::vector<uint8_t>{40, 1, 50, 2, 60, 3});
}

TEST_CASE("png: fewer bits are spread over 8, 16 bits are little-endian") {
  const scratch_folder folder;
  auto reader =
    formats::open(write_png(folder / "a", 4, 1, 2, PNG_COLOR_TYPE_GRAY, {0b00011011}));
  CHECK(first_samples(*reader, {0, 0, 4, 1}) == std::vector<uint8_t>{0, 85, 170, 255});
  reader =
    formats::open(write_png(folder / "a", 1, 1, 16, PNG_COLOR_TYPE_GRAY, {0x12, 0x34}));
  CHECK(reader->describe().images[0].type == pixel_type::uint16);
  CHECK(samples_of<uint16_t>(reader->read({0, 0, {}, {0}, {0, 0, 1, 1}})[0])
        == std::vector<uint16_t>{0x1234});
}

TEST_CASE("png: a broken one is refused with libpng's reason") {
  const scratch_folder folder;
  const auto whole = text_of(write_png(folder / "a", 50, 50, 8, PNG_COLOR_TYPE_GRAY,
                                       std::vector<uint8_t>(2500, 7)));
  const auto reader =
    formats::open(write_file(folder / "b", whole.substr(0, whole.size() - 20)));
  CHECK_THROWS_WITH_AS(reader->read({0, 0, {}, {0}, {0, 0, 1, 1}}),
                       "not a valid PNG: truncated", failure);
  auto bad = whole;
  bad[20] = 1; // another width, the checksum tells
  CHECK_THROWS_WITH_AS(formats::open(write_file(folder / "b", bad)),
                       "b: not a valid PNG: IHDR: CRC error", failure);
}

TEST_CASE("jpeg: grey and colour") {
  const scratch_folder folder;
  auto reader = formats::open(write_jpeg(folder / "a", 16, 16, TJPF_GRAY, TJSAMP_GRAY,
                                         std::vector<uint8_t>(256, 90)));
  CHECK(reader->describe().format == "JPEG");
  CHECK(reader->describe().images[0].size.c == 1);
  CHECK(first_samples(*reader, {5, 5, 1, 1})[0] == doctest::Approx(90).epsilon(0.03));
  std::vector<uint8_t> red;
  for (int i = 0; i < 256; ++i)
    red.insert(red.end(), {200, 30, 40});
  reader = formats::open(write_jpeg(folder / "a", 16, 16, TJPF_RGB, TJSAMP_444, red));
  const auto got = first_samples(*reader, {8, 8, 1, 1});
  REQUIRE(got.size() == 3);
  CHECK(got[0] == doctest::Approx(200).epsilon(0.03));
  CHECK(got[1] == doctest::Approx(30).epsilon(0.1));
}

TEST_CASE("jpeg: inks become red, green and blue") {
  const scratch_folder folder;
  std::vector<uint8_t>
    inks; // inverted, as Adobe's: no cyan, all magenta, half yellow, no black
  for (int i = 0; i < 256; ++i)
    inks.insert(inks.end(), {255, 0, 128, 255});
  const auto reader =
    formats::open(write_jpeg(folder / "a", 16, 16, TJPF_CMYK, TJSAMP_444, inks));
  CHECK(reader->describe().images[0].size.c == 3);
  const auto got = first_samples(*reader, {8, 8, 1, 1});
  CHECK(got[0] > 250);
  CHECK(got[1] < 5);
  CHECK(got[2] == doctest::Approx(128).epsilon(0.05));
}

TEST_CASE("jpeg: a cut one is refused") {
  const scratch_folder folder;
  const auto whole = text_of(write_jpeg(folder / "a", 64, 64, TJPF_GRAY, TJSAMP_GRAY,
                                        std::vector<uint8_t>(4096, 90)));
  const auto reader =
    formats::open(write_file(folder / "b", whole.substr(0, whole.size() - 30)));
  CHECK_THROWS_AS(reader->read({0, 0, {}, {0}, {0, 0, 1, 1}}), failure);
}

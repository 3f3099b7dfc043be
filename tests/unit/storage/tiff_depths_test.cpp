// Samples of every depth, and codecs whose samples are not what they give.

#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <cmath>
#include <doctest/doctest.h>
#include <tiffio.h>

using namespace troupe;
using namespace troupe::test;

namespace {

struct raw_tiff {
  uint32_t width = 4, height = 1;
  uint16_t samples = 1, bits = 8, format = SAMPLEFORMAT_UINT,
           photometric = PHOTOMETRIC_MINISBLACK, compression = COMPRESSION_NONE;
  uint16_t across = 1, down = 1; ///< of chromas
  std::vector<uint8_t> bytes;    ///< of the one strip
};

std::filesystem::path write_raw(const std::filesystem::path& file, const raw_tiff& t,
                                const char* mode = "w") {
  const auto tiff = TIFFOpen(file.c_str(), mode);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, t.width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, t.height);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, t.samples);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, t.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, t.format);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, t.photometric);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, t.compression);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, t.height);
  if (t.photometric == PHOTOMETRIC_YCBCR)
    TIFFSetField(tiff, TIFFTAG_YCBCRSUBSAMPLING, t.across, t.down);
  auto bytes = t.bytes;
  TIFFWriteEncodedStrip(tiff, 0, bytes.data(), static_cast<tmsize_t>(bytes.size()));
  TIFFClose(tiff);
  return file;
}

template <class Sample>
std::vector<Sample> row_of(const std::filesystem::path& file, int32_t width,
                           int32_t channel = 0) {
  const auto reader = formats::open(file);
  const auto plane = reader->read({0, 0, {}, {channel}, {0, 0, width, 1}}).front();
  CHECK(plane.type == type_of_sample<Sample>());
  return samples_of<Sample>(plane);
}

/// Values one after the other, most significant bit first.
std::vector<uint8_t> packed(const std::vector<uint32_t>& values, uint32_t bits) {
  std::vector<uint8_t> bytes((values.size() * bits + 7) / 8);
  for (size_t i = 0; i < values.size() * bits; ++i)
    if (values[i / bits] >> (bits - 1 - i % bits) & 1u)
      bytes[i / 8] = static_cast<uint8_t>(bytes[i / 8] | 0x80u >> i % 8);
  return bytes;
}

} // namespace

TEST_CASE("tiff depths: integers of 1 to 31 bits") {
  const scratch_folder folder;
  for (uint16_t bits : {3, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 17, 20, 23, 25, 31}) {
    CAPTURE(bits);
    const auto white = (uint32_t{1} << bits) - 1;
    const std::vector<uint32_t> values{0, 1, white / 3, white};
    const auto file =
      write_raw(folder / "a", {.bits = bits, .bytes = packed(values, bits)});
    std::vector<uint32_t> got;
    if (bits <= 8)
      for (auto v : row_of<uint8_t>(file, 4))
        got.push_back(v);
    else if (bits <= 16)
      for (auto v : row_of<uint16_t>(file, 4))
        got.push_back(v);
    else
      got = row_of<uint32_t>(file, 4);
    CHECK(got == values);
  }
}

TEST_CASE("tiff depths: signed integers keep their sign, 24 bits have a byte order") {
  const scratch_folder folder;
  const auto twelve = write_raw(
    folder / "a",
    {.bits = 12, .format = SAMPLEFORMAT_INT, .bytes = packed({0x800, 0xfff, 0, 5}, 12)});
  CHECK(row_of<int16_t>(twelve, 4) == std::vector<int16_t>{-2048, -1, 0, 5});
  const std::vector<uint8_t> bytes{1, 2, 3, 0xff, 0xff, 0xff, 0, 0, 0x80, 9, 0, 0};
  for (auto mode : {"wl", "wb"}) {
    const auto file = write_raw(folder / "b", {.bits = 24, .bytes = bytes}, mode);
    CHECK(row_of<uint32_t>(file, 4)
          == std::vector<uint32_t>{0x030201, 0xffffff, 0x800000, 9});
  }
}

TEST_CASE("tiff depths: floats of 16 and 24 bits") {
  const scratch_folder folder;
  const auto half =
    write_raw(folder / "a", {.width = 6,
                             .bits = 16,
                             .format = SAMPLEFORMAT_IEEEFP,
                             .bytes = {0, 0x3c, 0, 0xc0, 1, 0, 0, 0x7c, 0, 0x7e, 0, 0}});
  const auto got = row_of<float>(half, 6);
  CHECK(got[0] == 1);
  CHECK(got[1] == -2);
  CHECK(got[2] == std::ldexp(1.0f, -24));
  CHECK(std::isinf(got[3]));
  CHECK(std::isnan(got[4]));
  CHECK(got[5] == 0);
  const auto three = write_raw(folder / "b", {.width = 2,
                                              .bits = 24,
                                              .format = SAMPLEFORMAT_IEEEFP,
                                              .bytes = {0, 0, 0x3f, 0, 0x80, 0xc0}});
  CHECK(row_of<float>(three, 2) == std::vector<float>{1, -3});
}

TEST_CASE("tiff depths: complex numbers are read as they are") {
  const scratch_folder folder;
  const std::vector<float> numbers{1, -2, 3, 4};
  std::vector<uint8_t> bytes(16);
  std::memcpy(bytes.data(), numbers.data(), 16);
  for (uint16_t compression : {COMPRESSION_NONE, COMPRESSION_LZW}) {
    const auto reader =
      formats::open(write_raw(folder / "a", {.width = 2,
                                             .bits = 64,
                                             .format = SAMPLEFORMAT_COMPLEXIEEEFP,
                                             .compression = compression,
                                             .bytes = bytes}));
    const auto plane = reader->read({0, 0, {}, {0}, {0, 0, 2, 1}}).front();
    CHECK(plane.type == pixel_type::complex64);
    CHECK(samples_of<float>(plane) == numbers);
  }
}

TEST_CASE("tiff depths: luma and chromas become colours, also where pixels share them") {
  const scratch_folder folder;
  // white, black, then a red and its darker neighbour
  raw_tiff t{
    .samples = 3, .photometric = PHOTOMETRIC_YCBCR, .compression = COMPRESSION_LZW};
  t.bytes = {255, 128, 128, 0, 128, 128, 76, 85, 255, 60, 85, 255};
  auto file = write_raw(folder / "a", t);
  CHECK(row_of<uint8_t>(file, 4, 0) == std::vector<uint8_t>{255, 0, 254, 238});
  CHECK(row_of<uint8_t>(file, 4, 1) == std::vector<uint8_t>{255, 0, 0, 0});
  t.across = t.down = 2;
  t.width = 3;
  t.height = 2;
  t.bytes = {255, 0, 255, 0, 128, 128, 76, 76, 60, 60, 85, 255};
  file = write_raw(folder / "b", t);
  CHECK(row_of<uint8_t>(file, 3, 0) == std::vector<uint8_t>{255, 0, 254});
  CHECK(row_of<uint8_t>(file, 3, 2) == std::vector<uint8_t>{255, 0, 0});
}

TEST_CASE("tiff depths: what Debian's libtiff decompresses") {
  const scratch_folder folder;
  std::vector<uint8_t> ramp(64 * 4);
  for (size_t i = 0; i < ramp.size(); ++i)
    ramp[i] = static_cast<uint8_t>(i * 7);
  for (uint16_t compression : {COMPRESSION_LZMA, COMPRESSION_ZSTD, COMPRESSION_LERC,
                               COMPRESSION_PACKBITS, COMPRESSION_ADOBE_DEFLATE}) {
    CAPTURE(compression);
    const auto file =
      write_raw(folder / "a",
                {.width = 64, .height = 4, .compression = compression, .bytes = ramp});
    CHECK(row_of<uint8_t>(file, 64) == std::vector(ramp.begin(), ramp.begin() + 64));
  }
  std::vector<uint8_t> lines(8 * 4, 0b11001010);
  for (uint16_t compression : {COMPRESSION_CCITTRLE, COMPRESSION_CCITTFAX3,
                               COMPRESSION_CCITTFAX4, COMPRESSION_NONE}) {
    CAPTURE(compression);
    const auto file = write_raw(folder / "b", {.width = 64,
                                               .height = 4,
                                               .bits = 1,
                                               .photometric = PHOTOMETRIC_MINISWHITE,
                                               .compression = compression,
                                               .bytes = lines});
    const auto reader = formats::open(file);
    const auto plane = reader->read({0, 0, {}, {0}, {0, 0, 8, 1}}).front();
    CHECK(plane.type == pixel_type::bit);
    CHECK(samples_of<uint8_t>(plane) == std::vector<uint8_t>{0, 0, 1, 1, 0, 1, 0, 1});
  }
}

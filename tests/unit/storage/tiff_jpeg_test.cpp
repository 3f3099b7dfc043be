// JPEG inside TIFF: tiles as they are stored, and the JPEG of TIFF 6.0.

#include "storage/formats/format.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/tiff_entries.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <doctest/doctest.h>
#include <turbojpeg.h>

using namespace troupe;
using namespace troupe::test;

namespace {

/// A TIFF of 40 x 32 pixels in JPEG tiles of 16: the last column is cut.
std::filesystem::path write_tiles(const std::filesystem::path& file, uint16_t photometric,
                                  uint16_t samples) {
  const auto tiff = TIFFOpen(file.c_str(), "w");
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 40u);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 32u);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, samples);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_JPEG);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
  TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 16u);
  TIFFSetField(tiff, TIFFTAG_TILELENGTH, 16u);
  TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 95);
  if (photometric == PHOTOMETRIC_YCBCR)
    TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  for (uint32_t index = 0; index < 6; ++index) {
    std::vector<uint8_t> tile;
    for (uint32_t i = 0; i < 256; ++i)
      for (uint32_t s = 0; s < samples; ++s)
        tile.push_back(static_cast<uint8_t>(30 + i % 16 * 4 + index * 10 + s * 50));
    TIFFWriteEncodedTile(tiff, index, tile.data(), static_cast<tmsize_t>(tile.size()));
  }
  TIFFClose(tiff);
  return file;
}

/// What a browser makes of a JPEG.
std::vector<uint8_t> shown(const shared_bytes& jpeg) {
  const auto handle = tjInitDecompress();
  int width = 0, height = 0, sampling = 0, colors = 0;
  REQUIRE(tjDecompressHeader3(handle, jpeg.data(), jpeg.size(), &width, &height,
                              &sampling, &colors)
          == 0);
  CHECK(width == 16);
  CHECK(height == 16);
  std::vector<uint8_t> pixels(static_cast<size_t>(width * height * 3));
  CHECK(tjDecompress2(handle, jpeg.data(), jpeg.size(), pixels.data(), width, 0, height,
                      TJPF_RGB, TJFLAG_ACCURATEDCT)
        == 0);
  tjDestroy(handle);
  return pixels;
}

} // namespace

TEST_CASE("tiff jpeg: a stored tile shows what decoding gives") {
  const scratch_folder folder;
  for (uint16_t photometric : {PHOTOMETRIC_RGB, PHOTOMETRIC_YCBCR}) {
    CAPTURE(photometric);
    formats::fileset_reader reader{
      formats::parse(write_tiles(folder / "a", photometric, 3))};
    const formats::tile_id second{.column = 1, .row = 1};
    const auto jpeg = reader.stored_jpeg(second);
    REQUIRE(jpeg);
    const auto decoded = reader.get(second);
    const auto pixels = shown(*jpeg);
    REQUIRE(decoded.bytes.size() == pixels.size());
    for (size_t i = 0; i < pixels.size(); ++i)
      REQUIRE(std::abs(pixels[i] - decoded.bytes.data()[i]) <= 2);
    CHECK(!reader.stored_jpeg({.column = 2})); // cut at the right
  }
}

TEST_CASE("tiff jpeg: tiles of other codecs are no JPEG") {
  const scratch_folder folder;
  formats::fileset_reader reader{
    formats::parse(write_tiff(folder / "a", {{.width = 32, .height = 32, .tile = 16}}))};
  CHECK(!reader.stored_jpeg({}));
  formats::fileset_reader grey{
    formats::parse(write_tiles(folder / "b", PHOTOMETRIC_MINISBLACK, 1))};
  CHECK(!grey.stored_jpeg({}));
}

namespace {

/// A TIFF of the old JPEG: a whole JPEG file, told by its place.
std::filesystem::path write_old_jpeg(const std::filesystem::path& file, uint32_t side) {
  std::vector<uint8_t> pixels;
  for (uint32_t i = 0; i < side * side; ++i)
    pixels.insert(pixels.end(), {200, 30, 40});
  const auto handle = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  tjCompress2(handle, pixels.data(), static_cast<int>(side), 0, static_cast<int>(side),
              TJPF_RGB, &bytes, &size, TJSAMP_420, 100, 0);
  const std::string jpeg{reinterpret_cast<const char*>(bytes), size};
  tjFree(bytes);
  tjDestroy(handle);
  const auto length = static_cast<uint32_t>(size);
  const uint32_t bits_at = 8, jpeg_at = 14;
  const std::string bits{"\x08\0\x08\0\x08\0", 6};
  return write_file(file, tiff_of({{256, 4, 1, side},
                                   {257, 4, 1, side},
                                   {258, 3, 3, bits_at},
                                   {259, 3, 1, COMPRESSION_OJPEG},
                                   {262, 3, 1, PHOTOMETRIC_YCBCR},
                                   {273, 4, 1, jpeg_at},
                                   {277, 3, 1, 3},
                                   {278, 4, 1, side},
                                   {279, 4, 1, length},
                                   {513, 4, 1, jpeg_at},
                                   {514, 4, 1, length},
                                   {530, 3, 2, 0x20002}},
                                  bits + jpeg));
}

} // namespace

TEST_CASE("tiff jpeg: the JPEG of TIFF 6.0") {
  const scratch_folder folder;
  const auto reader = formats::open(write_old_jpeg(folder / "a.tif", 32));
  const auto planes = reader->read({0, 0, {}, {0, 1, 2}, {0, 0, 32, 32}});
  CHECK(std::abs(planes[0].samples.data()[500] - 200) <= 2);
  CHECK(std::abs(planes[1].samples.data()[500] - 30) <= 2);
  CHECK(std::abs(planes[2].samples.data()[500] - 40) <= 2);
}

#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/reader.hpp"
#include "storage/formats/tiff_contents.hpp"
#include "storage/formats/tile_cache.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/tiff_entries.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe;
using namespace troupe::test;

namespace {

/// Whether a region of all channels of the first image holds what was stored.
template <class Sample>
bool holds(formats::reader& reader, const tiff_page& p, const region& r, int32_t z = 0) {
  std::vector<int32_t> channels;
  for (int32_t c = 0; c < p.samples; ++c)
    channels.push_back(c);
  const auto planes = reader.read({0, 0, {z, 0}, channels, r});
  for (size_t s = 0; s < planes.size(); ++s) {
    const auto samples = samples_of<Sample>(planes[s]);
    for (int32_t y = 0; y < r.height; ++y)
      for (int32_t x = 0; x < r.width; ++x) {
        const auto wanted =
          stored_value(p, static_cast<uint32_t>(r.x + x), static_cast<uint32_t>(r.y + y),
                       static_cast<uint32_t>(s));
        if (samples[static_cast<size_t>(y * r.width + x)] != static_cast<Sample>(wanted))
          return false;
      }
  }
  return planes.size() == p.samples;
}

std::string refusal(const std::filesystem::path& file) {
  try {
    const auto reader = formats::open(file);
    const auto size = reader->describe().images[0].size;
    reader->read({0, 0, {}, {0}, {0, 0, size.x, size.y}});
  } catch (const failure& e) {
    CHECK(e.code == errc::unreadable);
    return e.what();
  }
  return "";
}

constexpr region somewhere{3, 5, 31, 22};

} // namespace

TEST_CASE("tiff: strips and tiles, chunky and planar, both byte orders, BigTIFF") {
  const scratch_folder folder;
  int made = 0;
  for (auto mode : {"w", "wb", "w8", "wb8"})
    for (auto tile : {0u, 16u})
      for (uint16_t planar : {PLANARCONFIG_CONTIG, PLANARCONFIG_SEPARATE})
        for (uint16_t samples : {1, 3})
          for (uint16_t bits : {8, 16}) {
            tiff_page p{.samples = samples, .bits = bits, .planar = planar, .tile = tile};
            if (samples == 3)
              p.photometric = PHOTOMETRIC_RGB;
            CAPTURE(fmt::format("mode {} tile {} planar {} samples {} bits {}", mode,
                                tile, planar, samples, bits));
            const auto reader = formats::open(
              write_tiff(folder / fmt::format("{}.tif", made++), {p}, mode));
            const auto& s = reader->describe().images.at(0);
            CHECK(s.size == dimensions{40, 30, 1, samples, 1});
            CHECK(s.rgb == (samples == 3));
            if (bits == 8)
              CHECK((holds<uint8_t>(*reader, p, somewhere)
                     && holds<uint8_t>(*reader, p, {0, 0, 40, 30})));
            else
              CHECK((holds<uint16_t>(*reader, p, somewhere)
                     && holds<uint16_t>(*reader, p, {0, 0, 40, 30})));
          }
}

TEST_CASE("tiff: compressions with and without predictor") {
  const scratch_folder folder;
  for (uint16_t compression : {COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE,
                               COMPRESSION_PACKBITS, COMPRESSION_ZSTD, COMPRESSION_LZMA})
    for (uint16_t predictor : {PREDICTOR_NONE, PREDICTOR_HORIZONTAL}) {
      if (!TIFFIsCODECConfigured(compression)
          || (compression == COMPRESSION_PACKBITS && predictor != PREDICTOR_NONE))
        continue;
      CAPTURE(compression);
      const tiff_page p{
        .bits = 16, .compression = compression, .predictor = predictor, .tile = 16};
      const auto reader = formats::open(write_tiff(folder / "a.tif", {p}));
      CHECK(holds<uint16_t>(*reader, p, somewhere));
    }
}

TEST_CASE("tiff: sample types follow SampleFormat and bits") {
  const scratch_folder folder;
  const std::tuple<uint16_t, uint16_t, pixel_type> types[] = {
    {SAMPLEFORMAT_INT, 8, pixel_type::int8},
    {SAMPLEFORMAT_INT, 16, pixel_type::int16},
    {SAMPLEFORMAT_INT, 32, pixel_type::int32},
    {SAMPLEFORMAT_UINT, 32, pixel_type::uint32},
    {SAMPLEFORMAT_IEEEFP, 32, pixel_type::float32},
    {SAMPLEFORMAT_IEEEFP, 64, pixel_type::float64}};
  for (auto [format, bits, type] : types) {
    const tiff_page p{.bits = bits, .format = format};
    const auto reader = formats::open(write_tiff(folder / "a.tif", {p}, "wb"));
    CHECK(reader->describe().images.at(0).type == type);
    if (type == pixel_type::float32)
      CHECK(holds<float>(*reader, p, somewhere));
    if (type == pixel_type::int32)
      CHECK(holds<int32_t>(*reader, p, somewhere));
  }
}

TEST_CASE("tiff: white is zero is turned round") {
  const scratch_folder folder;
  const tiff_page p{
    .width = 1, .height = 1, .photometric = PHOTOMETRIC_MINISWHITE, .seed = 3};
  const auto reader = formats::open(write_tiff(folder / "a.tif", {p}));
  CHECK(samples_of<uint8_t>(reader->read({0, 0, {}, {0}, {0, 0, 1, 1}})[0])
        == std::vector<uint8_t>{255 - 33});
}

TEST_CASE("tiff: pages of one shape are Z, another shape starts another image") {
  const scratch_folder folder;
  const tiff_page a{.seed = 0}, b{.seed = 1}, other{.width = 9, .height = 9};
  const auto reader = formats::open(write_tiff(folder / "a.tif", {a, b, other}));
  REQUIRE(reader->describe().images.size() == 2);
  CHECK(reader->describe().images[0].size == dimensions{40, 30, 2, 1, 1});
  CHECK(holds<uint8_t>(*reader, b, somewhere, 1));
  CHECK(holds<uint8_t>(*reader, a, somewhere, 0));
  CHECK(reader->describe().images[1].size == dimensions{9, 9, 1, 1, 1});
}

TEST_CASE("tiff: reduced pages and SubIFDs are levels") {
  const scratch_folder folder;
  const tiff_page full{.tile = 16}, half{.width = 20,
                                         .height = 15,
                                         .tile = 16,
                                         .subfile_type = FILETYPE_REDUCEDIMAGE,
                                         .seed = 5};
  auto nested = full;
  nested.levels = {half};
  for (auto& pages : {std::vector{full, half}, std::vector{nested}}) {
    const auto reader = formats::open(write_tiff(folder / "a.tif", pages));
    REQUIRE(reader->describe().images.size() == 1);
    CHECK(reader->describe().images[0].levels == std::vector<extent>{{40, 30}, {20, 15}});
    const auto small = reader->read({0, 1, {}, {0}, {2, 1, 1, 1}});
    CHECK(small[0].samples.data()[0] == stored_value(half, 2, 1, 0));
    CHECK(holds<uint8_t>(*reader, full, somewhere));
  }
}

TEST_CASE("tiff: a region decodes the tiles it touches, once for all channels") {
  const scratch_folder folder;
  const tiff_page p{.samples = 3, .photometric = PHOTOMETRIC_RGB, .tile = 16};
  const auto set = formats::parse(write_tiff(folder / "a.tif", {p}));
  formats::tile_cache cache{1 << 20};
  formats::fileset_reader reader{set, &cache};
  reader.read({0, 0, {}, {0, 1, 2}, {16, 16, 16, 14}});
  CHECK(cache.read().misses == 1);
  reader.read({0, 0, {}, {2}, {17, 17, 3, 3}}); // still there
  CHECK(cache.read().misses == 1);
  reader.read({0, 0, {}, {0}, {10, 10, 10, 10}}); // four tiles meet here
  CHECK(cache.read().misses == 4);
}

TEST_CASE("tiff: blocks outside the image are refused") {
  const scratch_folder folder;
  const auto reader = formats::open(write_tiff(folder / "a.tif", {tiff_page{}}));
  const formats::block wrong[] = {{1, 0, {}, {0}, {0, 0, 1, 1}},
                                  {0, 1, {}, {0}, {0, 0, 1, 1}},
                                  {0, 0, {1, 0}, {0}, {0, 0, 1, 1}},
                                  {0, 0, {0, -1}, {0}, {0, 0, 1, 1}},
                                  {0, 0, {}, {1}, {0, 0, 1, 1}},
                                  {0, 0, {}, {0}, {0, 0, 41, 1}},
                                  {0, 0, {}, {0}, {-1, 0, 1, 1}},
                                  {0, 0, {}, {0}, {0, 0, 0, 1}},
                                  {0, 0, {}, {0}, {1, 1, INT32_MAX, INT32_MAX}}};
  for (auto& b : wrong)
    CHECK_THROWS_AS(reader->read(b), failure);
}

TEST_CASE("tiff: a file that was cut says so") {
  const scratch_folder folder;
  const auto whole =
    text_of(write_tiff(folder / "a.tif", {tiff_page{.rows_per_strip = 30}}));
  CHECK(refusal(write_file(folder / "b.tif", whole.substr(0, 6)))
        == "b.tif: truncated: the header is cut");
  CHECK(refusal(write_file(folder / "b.tif", whole.substr(0, 200)))
          .starts_with("b.tif: truncated"));
}

TEST_CASE("tiff: pixels that cannot be decoded name the fault") {
  const scratch_folder folder;
  auto text = text_of(
    write_tiff(folder / "a.tif", {tiff_page{.compression = COMPRESSION_ADOBE_DEFLATE}}));
  for (size_t i = 8; i < 100; ++i)
    text[i] = static_cast<char>(0xff);
  CHECK(refusal(write_file(folder / "b.tif", text))
          .starts_with("its pixels cannot be decoded: "));
}

TEST_CASE("tiff: a small file cannot claim a huge image") {
  const scratch_folder folder;
  const auto file = write_tiff(folder / "a.tif", {tiff_page{.rows_per_strip = 60000}});
  auto text = text_of(file);
  for (auto tag : {'\x00', '\x01'}) { // ImageWidth, ImageLength: type SHORT, count 1
    const auto at =
      text.find(std::string{tag, '\x01', '\x03', '\x00', '\x01', '\x00', '\x00', '\x00'});
    REQUIRE(at != std::string::npos);
    text[at + 8] = '\x60';
    text[at + 9] = '\xea'; // 60000
  }
  CHECK(refusal(write_file(folder / "b.tif", text))
          .starts_with("b.tif: truncated: 60000 x 60000 pixels are declared"));
}

TEST_CASE("tiff: halved pages without a mark are levels where all are tiled") {
  const scratch_folder folder;
  const auto reader =
    formats::open(write_tiff(folder / "a", {{.width = 65, .height = 49, .tile = 16},
                                            {.width = 32, .height = 24, .tile = 16},
                                            {.width = 16, .height = 12, .tile = 16},
                                            {.width = 20, .height = 24, .tile = 16}}));
  const auto& images = reader->describe().images;
  REQUIRE(images.size() == 2);
  CHECK(images[0].levels == std::vector<extent>{{65, 49}, {32, 24}, {16, 12}});
}

TEST_CASE("tiff: pages of an image may be cut in different ways") {
  const scratch_folder folder;
  const std::vector<tiff_page> pages{
    {.width = 50, .height = 40, .samples = 3, .photometric = PHOTOMETRIC_RGB, .tile = 16},
    {.width = 50, .height = 40, .samples = 3, .photometric = PHOTOMETRIC_RGB, .seed = 1},
    {.width = 50,
     .height = 40,
     .samples = 3,
     .photometric = PHOTOMETRIC_RGB,
     .planar = PLANARCONFIG_SEPARATE,
     .tile = 32,
     .seed = 2}};
  const auto reader = formats::open(write_tiff(folder / "a", pages));
  REQUIRE(reader->describe().images.at(0).size.z == 3);
  for (int32_t z = 0; z < 3; ++z)
    CHECK(holds<uint8_t>(*reader, pages[static_cast<size_t>(z)], {3, 5, 40, 30}, z));
}

TEST_CASE("tiff: of one large strip only the part asked for is read") {
  const scratch_folder folder;
  constexpr uint32_t side = 40'000, offset = 4096, bytes = side * side * 2; // a hole
  const auto file =
    write_file(folder / "a.tif", tiff_of({{256, 4, 1, side},
                                          {257, 4, 1, side},
                                          {258, 3, 1, 16},
                                          {262, 3, 1, PHOTOMETRIC_MINISBLACK},
                                          {273, 4, 1, offset},
                                          {278, 4, 1, side},
                                          {279, 4, 1, bytes}},
                                         ""));
  std::filesystem::resize_file(file, uint64_t{offset} + bytes);
  std::fstream out{file, std::ios::in | std::ios::out | std::ios::binary};
  out.seekp(offset + (int64_t{side} * 30'000 + 20'000) * 2);
  const uint16_t value = 4711;
  out.write(reinterpret_cast<const char*>(&value), 2);
  out.close();
  const auto reader = formats::open(file);
  const auto plane = reader->read({0, 0, {}, {0}, {19'999, 29'999, 3, 3}}).front();
  CHECK(samples_of<uint16_t>(plane)
        == std::vector<uint16_t>{0, 0, 0, 0, 4711, 0, 0, 0, 0});
  const auto tile = reader->describe().images[0].tile;
  CHECK(int64_t{tile.width} * tile.height * 2 <= 1 << 20);
}

// OME-TIFFs made byte by byte, read back by our reader and by libtiff.

#include "storage/export/ome_tiff.hpp"
#include "storage/export/ome_xml.hpp"
#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <cstring>
#include <doctest/doctest.h>
#include <tiffio.h>

using namespace troupe;
using namespace troupe::test;
using exports::ome_tiff;
using exports::pixel_place;
using exports::tile_run;

namespace {

/// Bytes of a region's samples, known by their place.
shared_bytes samples_at(pixel_type type, const region& r, plane_index at, int32_t c,
                        int32_t level) {
  const auto bytes = bytes_of(type);
  shared_bytes::vector out;
  for (auto y = r.y; y < r.y + r.height; ++y)
    for (auto x = r.x; x < r.x + r.width; ++x)
      for (size_t i = 0; i < bytes; ++i) {
        const auto value = x * 3 + y * 7 + c * 50 + at.z * 11 + at.t * 29 + level * 101
                           + static_cast<int32_t>(i) * 13;
        out.push_back(static_cast<uint8_t>(type == pixel_type::bit ? value % 2 : value));
      }
  return shared_bytes{std::move(out)};
}

std::vector<raw_plane> read_run(pixel_type type, const tile_run& run) {
  std::vector<raw_plane> planes;
  for (int32_t c = run.channel; c < run.channel + run.channels; ++c)
    planes.push_back({run.where.width, run.where.height, type,
                      samples_at(type, run.where, run.at, c, run.level)});
  return planes;
}

formats::series picture(pixel_type type, dimensions size, std::vector<extent> levels) {
  formats::series s;
  s.name = "Zellen <1> & \"zwei\"";
  s.description = "two\nlines";
  s.size = size;
  s.type = type;
  s.physical_x = s.physical_y = {0.65, "µm"};
  s.physical_z = {2, "µm"};
  for (int32_t c = 0; c < size.c; ++c)
    s.channels.push_back({"channel " + std::to_string(c), rgba{0, 0, 255, 255}, 461, {}});
  s.levels = std::move(levels);
  s.tile = {64, 64};
  return s;
}

ome_tiff file_of(const formats::series& s, const metadata::document& about = {}) {
  return {s, write_ome_xml(s, about, pixel_place::this_tiff)};
}

std::string bytes_of_file(const ome_tiff& file, pixel_type type, uint64_t from = 0) {
  std::string out;
  while (from + out.size() < file.bytes())
    out +=
      file
        .read(from + out.size(), [&](const tile_run& run) { return read_run(type, run); })
        .view();
  return out;
}

/// Every sample of every level through our own reader.
void check_read_back(const std::filesystem::path& path, const formats::series& wanted) {
  const auto file = formats::open(path);
  REQUIRE(file->describe().images.size() == 1);
  const auto& found = file->describe().images[0];
  CHECK(file->describe().format == "OME-TIFF");
  CHECK(file->describe().warnings.empty());
  CHECK(found.name == wanted.name);
  CHECK(found.size == wanted.size);
  CHECK(found.type == exports::stored_type(wanted.type));
  CHECK(found.levels == wanted.levels);
  CHECK(found.physical_x == wanted.physical_x);
  CHECK(found.rgb == wanted.rgb);
  for (size_t level = 0; level < wanted.levels.size(); ++level)
    for (int32_t t = 0; t < wanted.size.t; ++t)
      for (int32_t z = 0; z < wanted.size.z; ++z)
        for (int32_t c = 0; c < wanted.size.c; ++c) {
          const region all{0, 0, wanted.levels[level].width, wanted.levels[level].height};
          const auto n = static_cast<int32_t>(level);
          const auto planes = file->read({0, n, {z, t}, {c}, all});
          CAPTURE(level);
          CAPTURE(z);
          CAPTURE(c);
          CAPTURE(t);
          REQUIRE(planes[0].samples.view()
                  == samples_at(wanted.type, all, {z, t}, c, n).view());
        }
}

} // namespace

TEST_CASE("ome-tiff export: every pixel type comes back, planes in their order") {
  scratch_folder folder;
  for (auto type :
       {pixel_type::bit, pixel_type::int8, pixel_type::uint8, pixel_type::int16,
        pixel_type::uint16, pixel_type::int32, pixel_type::uint32, pixel_type::float32,
        pixel_type::float64, pixel_type::complex64, pixel_type::complex128}) {
    CAPTURE(std::string{name_of(type)});
    const auto s = picture(type, {33, 21, 3, 2, 2}, {{33, 21}});
    const auto file = file_of(s);
    const auto bytes = bytes_of_file(file, type);
    CHECK(bytes.size() == file.bytes());
    const auto path =
      write_file(folder / (std::string{name_of(type)} + ".ome.tif"), bytes);
    check_read_back(path, s);
    const auto found = formats::open(path);
    CHECK(found->describe().images[0].channels[1].name == "channel 1");
    CHECK(found->describe().images[0].channels[1].emission == 461);
  }
}

TEST_CASE("ome-tiff export: levels are SubIFDs, edges and tiles of any size") {
  scratch_folder folder;
  auto s = picture(pixel_type::uint16, {1300, 1041, 1, 2, 1},
                   {{1300, 1041}, {650, 521}, {325, 261}, {20, 17}});
  for (auto tile :
       {extent{64, 64}, extent{256, 256}, extent{1300, 1}, extent{240, 240}}) {
    s.tile = tile;
    check_read_back(
      write_file(folder / "levels.ome.tif", bytes_of_file(file_of(s), s.type)), s);
  }
}

TEST_CASE("ome-tiff export: a colour picture stays one, its samples side by side") {
  scratch_folder folder;
  auto s = picture(pixel_type::uint8, {700, 530, 1, 3, 1}, {{700, 530}, {350, 265}});
  s.rgb = true;
  const auto path = write_file(folder / "rgb.ome.tif", bytes_of_file(file_of(s), s.type));
  check_read_back(path, s);
  auto* tiff = TIFFOpen(path.c_str(), "r");
  REQUIRE(tiff);
  uint16_t samples = 0, photometric = 0, planar = 0, levels = 0;
  uint64_t* offsets = nullptr;
  TIFFGetField(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetField(tiff, TIFFTAG_PLANARCONFIG, &planar);
  TIFFGetField(tiff, TIFFTAG_SUBIFD, &levels, &offsets);
  CHECK(samples == 3);
  CHECK(photometric == PHOTOMETRIC_RGB);
  CHECK(planar == PLANARCONFIG_CONTIG);
  CHECK(levels == 1);
  std::vector<uint8_t> tile(static_cast<size_t>(TIFFTileSize(tiff)));
  REQUIRE(TIFFReadTile(tiff, tile.data(), 0, 0, 0, 0) > 0);
  for (int32_t c = 0; c < 3; ++c)
    CHECK(tile[static_cast<size_t>(3 + c)]
          == samples_at(s.type, {1, 0, 1, 1}, {}, c, 0).data()[0]);
  TIFFClose(tiff);
}

TEST_CASE("ome-tiff export: libtiff counts the pages and reads them") {
  scratch_folder folder;
  const auto s = picture(pixel_type::uint16, {60, 40, 4, 2, 3}, {{60, 40}});
  const auto path =
    write_file(folder / "stack.ome.tif", bytes_of_file(file_of(s), s.type));
  auto* tiff = TIFFOpen(path.c_str(), "r");
  REQUIRE(tiff);
  int pages = 0;
  do {
    std::vector<uint8_t> tile(static_cast<size_t>(TIFFTileSize(tiff)));
    REQUIRE(TIFFReadTile(tiff, tile.data(), 0, 0, 0, 0) > 0);
    const auto z = pages % 4, c = pages / 4 % 2, t = pages / 8;
    CHECK(std::memcmp(tile.data(), samples_at(s.type, {0, 0, 60, 1}, {z, t}, c, 0).data(),
                      120)
          == 0);
    ++pages;
  } while (TIFFReadDirectory(tiff));
  CHECK(pages == 24);
  TIFFClose(tiff);
}

TEST_CASE("ome-tiff export: any part can be made alone") {
  const auto s =
    picture(pixel_type::uint8, {600, 530, 2, 1, 1}, {{600, 530}, {300, 265}});
  const auto file = file_of(s);
  const auto whole = bytes_of_file(file, s.type);
  for (uint64_t from = 1; from < whole.size(); from += 40'009)
    CHECK(bytes_of_file(file, s.type, from).compare(0, std::string::npos, whole, from)
          == 0);
}

TEST_CASE("ome-tiff export: a source that gives something else is refused") {
  const auto s = picture(pixel_type::uint16, {60, 40, 1, 1, 1}, {{60, 40}});
  const auto file = file_of(s);
  CHECK_THROWS_AS(
    file.read(file.bytes() - 1,
              [](const tile_run& run) { return read_run(pixel_type::uint8, run); }),
    failure);
}

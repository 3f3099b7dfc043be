// Whole slides by OpenSlide: made in code is one of the kinds that are TIFF files.

#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/reader.hpp"
#include "storage/formats/slide_files.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>

using namespace troupe;
using namespace troupe::test;

namespace {

test::tiff_page tiled_rgb(uint32_t width, uint32_t height) {
  test::tiff_page page;
  page.width = width;
  page.height = height;
  page.samples = 3;
  page.photometric = PHOTOMETRIC_RGB;
  page.tile = 128;
  return page;
}

/// A Trestle slide: a TIFF that names its software.
std::filesystem::path write_trestle(const std::filesystem::path& file) {
  auto full = tiled_rgb(600, 300);
  full.software = "MedScan";
  full.description = "Objective Power=20;Objective=20X";
  auto half = tiled_rgb(300, 150);
  half.seed = 1;
  return write_tiff(file, {full, half});
}

} // namespace

TEST_CASE("slide: levels of a slide, cut into tiles, as colours") {
  const scratch_folder folder;
  const auto file = write_trestle(folder / "a.tif");
  CHECK(formats::format_of(file).name == std::string{"Slide"});
  const auto reader = formats::open(file);
  const auto& what = reader->describe();
  CHECK(what.format == "trestle slide");
  CHECK(what.files == std::vector<std::string>{"a.tif"});
  const auto& s = what.images.at(0);
  CHECK(s.name == "a");
  CHECK(s.rgb);
  CHECK(s.levels == std::vector<extent>{{600, 300}, {300, 150}});
  CHECK(s.tile == extent{128, 128});
  const auto* objective = metadata::find(what.about.instruments.at(0).parts, "Objective");
  REQUIRE(objective);
  CHECK(*metadata::find(*objective, "NominalMagnification") == metadata::value{20.0});
  const auto full = tiled_rgb(600, 300);
  const auto got = reader->read({0, 0, {}, {2, 0}, {100, 200, 60, 100}});
  CHECK(samples_of<uint8_t>(got[0])[0] == stored_value(full, 100, 200, 2));
  CHECK(samples_of<uint8_t>(got[1])[99 * 60 + 59] == stored_value(full, 159, 299, 0));
  auto half = tiled_rgb(300, 150);
  half.seed = 1;
  CHECK(samples_of<uint8_t>(reader->read({0, 1, {}, {1}, {290, 140, 10, 10}})[0])[99]
        == stored_value(half, 299, 149, 1));
  CHECK(std::any_of(what.facts.begin(), what.facts.end(), [](auto& fact) {
    return fact.first == "openslide.vendor" && fact.second == "trestle";
  }));
}

TEST_CASE("slide: a TIFF of no scanner stays with the TIFF reader") {
  const scratch_folder folder;
  const auto file = write_tiff(folder / "a.tif", {tiled_rgb(600, 300)});
  CHECK(formats::format_of(file).name == std::string{"TIFF"});
}

TEST_CASE("slide: a value larger than its file is not shown to OpenSlide") {
  const scratch_folder folder;
  const auto file = write_trestle(folder / "a.tif");
  std::fstream bytes{file, std::ios::in | std::ios::out | std::ios::binary};
  const std::string all{std::istreambuf_iterator{bytes}, {}};
  const auto software = all.find(std::string{"\x31\x01\x02\x00", 4}); // its tag and type
  REQUIRE(software != std::string::npos);
  bytes.seekp(static_cast<std::streamoff>(software + 4));
  bytes.write("\x00\x06\x00\x30", 4); // 800 MB of text
  bytes.close();
  CHECK(formats::format_of(file).name == std::string{"TIFF"});
}

TEST_CASE("slide: the files of a MIRAX slide are those in its folder") {
  const scratch_folder folder;
  std::filesystem::create_directory(folder / "a");
  write_file(folder / "a.mrxs", "");
  write_file(folder / "a/Index.dat", "");
  write_file(folder / "a/Data0000.dat", "");
  write_file(folder / "a/Slidedat.ini",
             "[HIERARCHICAL]\r\nINDEXFILE = Index.dat\r\n[DATAFILE]\r\n"
             "FILE_0 = Data0000.dat\r\n");
  CHECK(formats::files_of_slide(folder / "a.mrxs")
        == std::vector<std::string>{"a.mrxs", "a/Data0000.dat", "a/Index.dat",
                                    "a/Slidedat.ini"});
  write_file(folder / "a/Slidedat.ini", "FILE_0 = ../../secret\n");
  CHECK_THROWS_AS(formats::files_of_slide(folder / "a.mrxs"), failure);
}

TEST_CASE("slide: the files of a Hamamatsu slide are those its index names") {
  const scratch_folder folder;
  write_file(folder / "a-0.jpg", "");
  write_file(folder / "other.jpg", "");
  write_file(folder / "a.vms",
             "[Virtual Microscope Specimen]\nImageFile=a-0.jpg\nMacroImage=gone.jpg\n");
  CHECK(formats::files_of_slide(folder / "a.vms")
        == std::vector<std::string>{"a.vms", "a-0.jpg"});
  for (auto name : {"a.vms", "a.txt"}) { // OpenSlide looks at contents, not at names
    write_file(folder / name, "[Virtual Microscope Specimen]\nImageFile=/etc/passwd\n");
    CHECK_THROWS_AS(formats::files_of_slide(folder / name), failure);
  }
}

// Images whose planes lie in several TIFF files.

#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe;
using namespace troupe::test;

namespace {

std::string ome(const std::string& uuid, const std::string& content) {
  return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?>)"
                     R"(<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" )"
                     R"(UUID="urn:uuid:{}">{}</OME>)",
                     uuid, content);
}

/// An image of `count` sections, each the first page of a file p0.tif, p1.tif ...
std::string sections(int count) {
  std::string places;
  for (int z = 0; z < count; ++z)
    places += fmt::format(R"(<TiffData FirstZ="{0}" IFD="0" PlaneCount="1">)"
                          R"(<UUID FileName="p{0}.tif">urn:uuid:{0}</UUID></TiffData>)",
                          z);
  return fmt::format(R"(<Image ID="Image:0"><Pixels ID="Pixels:0" Type="uint8" )"
                     R"(SizeX="8" SizeY="6" SizeZ="{}" SizeC="1" SizeT="1" )"
                     R"(DimensionOrder="XYZCT">{}</Pixels></Image>)",
                     count, places);
}

void write_section(const scratch_folder& folder, int z, const std::string& xml) {
  write_tiff(
    folder / fmt::format("p{}.tif", z),
    {{.width = 8, .height = 6, .seed = static_cast<uint32_t>(z), .description = xml}});
}

const std::string binary_only =
  R"(<BinaryOnly MetadataFile="set.companion.ome" UUID="urn:uuid:c"/>)";

void write_companion_set(const scratch_folder& folder, int count) {
  write_file(folder / "set.companion.ome", ome("c", sections(count)));
  for (int z = 0; z < count; ++z)
    write_section(folder, z, ome(std::to_string(z), binary_only));
}

/// Which section of the stack a file's plane is, -1 for black.
int seed_at(formats::reader& reader, int32_t z) {
  const auto plane = reader.read({0, 0, {z, 0}, {0}, {0, 0, 8, 6}}).front();
  return plane.samples.data()[47] == 0 ? -1 : plane.samples.data()[0] / 11;
}

std::string set_refusal(const std::filesystem::path& file) {
  try {
    formats::open(file);
  } catch (const failure& e) {
    CHECK(e.code == errc::unreadable);
    return e.what();
  }
  return "";
}

} // namespace

TEST_CASE("tiff set: any file with all metadata opens all, the first plane's leads") {
  const scratch_folder folder;
  for (int z = 0; z < 10; ++z) // more files than stay open
    write_section(folder, z, ome(std::to_string(z), sections(10)));
  for (auto name : {"p0.tif", "p7.tif"}) {
    const auto reader = formats::open(folder / name);
    const auto& what = reader->describe();
    REQUIRE(what.images.size() == 1);
    CHECK(what.images[0].size.z == 10);
    CHECK(what.files.size() == 10);
    CHECK(what.files.front() == "p0.tif");
    CHECK(what.warnings.empty());
    for (auto z : {0, 9, 1, 8, 0, 5})
      CHECK(seed_at(*reader, z) == z);
  }
}

TEST_CASE("tiff set: a companion leads, whichever file is given") {
  const scratch_folder folder;
  write_companion_set(folder, 3);
  for (auto name : {"set.companion.ome", "p0.tif", "p2.tif"}) {
    const auto reader = formats::open(folder / name);
    const auto& what = reader->describe();
    CHECK(what.format == "OME-TIFF");
    CHECK(what.images.at(0).size.z == 3);
    CHECK(what.files
          == std::vector<std::string>{"set.companion.ome", "p0.tif", "p1.tif", "p2.tif"});
    CHECK(seed_at(*reader, 2) == 2);
  }
}

TEST_CASE("tiff set: planes of a missing file are black, if most are there") {
  const scratch_folder folder;
  write_companion_set(folder, 3);
  std::filesystem::remove(folder / "p1.tif");
  const auto reader = formats::open(folder / "set.companion.ome");
  CHECK(seed_at(*reader, 1) == -1);
  CHECK(seed_at(*reader, 2) == 2);
  CHECK(reader->describe().warnings
        == std::vector<std::string>{"missing file p1.tif: its planes are black"});
  std::filesystem::remove(folder / "p2.tif");
  CHECK(
    set_refusal(folder / "set.companion.ome")
    == "set.companion.ome: planes are in other files, missing file p1.tif and 1 more");
  std::filesystem::remove(folder / "set.companion.ome");
  CHECK(set_refusal(folder / "p0.tif")
        == "p0.tif: its metadata are in another file, missing set.companion.ome");
}

TEST_CASE("tiff set: other UUIDs are told, another size is refused by file") {
  const scratch_folder folder;
  write_companion_set(folder, 2);
  write_section(folder, 1, ome("other", binary_only));
  const auto reader = formats::open(folder / "set.companion.ome");
  CHECK(reader->describe().warnings
        == std::vector<std::string>{"p1.tif has another UUID than the metadata say"});
  write_tiff(folder / "p1.tif", {{.width = 9, .height = 6}});
  CHECK(set_refusal(folder / "p0.tif")
        == "p0.tif: its OME-XML says 8 x 6 pixels, page 0 of p1.tif has 9 x 6");
  write_file(folder / "p1.tif", "II*");
  CHECK(set_refusal(folder / "p0.tif") == "p0.tif: p1.tif: truncated: the header is cut");
}

TEST_CASE("tiff set: metadata that point at each other or elsewhere are refused") {
  const scratch_folder folder;
  const auto at = [](const std::string& name) {
    return ome("x", fmt::format(R"(<BinaryOnly MetadataFile="{}"/>)", name));
  };
  write_tiff(folder / "a.tif", {{.width = 8, .height = 6, .description = at("b.tif")}});
  write_tiff(folder / "b.tif", {{.width = 8, .height = 6, .description = at("a.tif")}});
  CHECK(set_refusal(folder / "a.tif")
        == "a.tif: its metadata are in b.tif, which has none either");
  write_tiff(folder / "a.tif",
             {{.width = 8, .height = 6, .description = at("../set.companion.ome")}});
  CHECK(set_refusal(folder / "a.tif").find("outside its folder") != std::string::npos);
}

TEST_CASE("tiff set: a file that changed after parsing is not read") {
  const scratch_folder folder;
  write_companion_set(folder, 2);
  const auto reader = formats::open(folder / "set.companion.ome");
  write_tiff(folder / "p1.tif", {{.width = 8, .height = 6}, {.width = 8, .height = 6}});
  CHECK(seed_at(*reader, 0) == 0);
  CHECK_THROWS_WITH_AS(seed_at(*reader, 1), "p1.tif changed since it was imported",
                       failure);
}

// OME-Zarr folders, written here file by file.

#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/zarr_writer.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

namespace {

std::vector<uint8_t> plane_at(formats::reader& reader, int32_t z, int32_t c, int32_t t,
                              int32_t series = 0) {
  const auto& size = reader.describe().images[static_cast<size_t>(series)].size;
  return samples_of<uint8_t>(
    reader.read({series, 0, {z, t}, {c}, {0, 0, size.x, size.y}}).front());
}

/// An image of one chunk that counts its pixels from `first`.
void put_image(const std::filesystem::path& folder, const json& attributes,
               uint8_t first = 0) {
  put(folder / ".zattrs", attributes.dump());
  put(folder / "0/.zarray", zarr2({2, 3}, {2, 3}, "|u1").dump());
  std::vector<uint8_t> samples(6);
  for (size_t i = 0; i < 6; ++i)
    samples[i] = static_cast<uint8_t>(first + i);
  put(folder / "0/0/0", text_of_samples(samples));
}

std::string zarr_refusal(const std::filesystem::path& folder) {
  try {
    formats::parse(folder);
    return {};
  } catch (const failure& e) {
    return e.what();
  }
}

using bytes = std::vector<uint8_t>;

} // namespace

TEST_CASE("ome-zarr: axes in any order, chunks of several planes, missing ones filled") {
  for (auto order : {"C", "F"}) {
    CAPTURE(order);
    const scratch_folder folder;
    // x, z, t, y, c: 2 x 3 x 1 x 2 x 2 in chunks of 2 x 2 x 1 x 2 x 1
    put(folder / "a.zarr/.zattrs", multiscale("xztyc", {"s0"}).dump());
    put(folder / "a.zarr/s0/.zarray",
        zarr2({2, 3, 1, 2, 2}, {2, 2, 1, 2, 1}, "|u1",
              {{"order", order}, {"fill_value", 9}, {"dimension_separator", "."}})
          .dump());
    bytes chunk(8);
    for (uint8_t x = 0; x < 2; ++x)
      for (uint8_t z = 0; z < 2; ++z)
        for (uint8_t y = 0; y < 2; ++y) {
          const auto at = order[0] == 'C' ? x * 4 + z * 2 + y : x + z * 2 + y * 4;
          chunk[static_cast<size_t>(at)] = static_cast<uint8_t>(100 * z + 10 * y + x);
        }
    put(folder / "a.zarr/s0/0.0.0.0.1", text_of_samples(chunk));
    const auto reader = formats::open(folder / "a.zarr");
    CHECK(reader->describe().images[0].size == dimensions{2, 2, 3, 2, 1});
    CHECK(plane_at(*reader, 0, 1, 0) == bytes{0, 1, 10, 11});
    CHECK(plane_at(*reader, 1, 1, 0) == bytes{100, 101, 110, 111});
    CHECK(plane_at(*reader, 2, 1, 0) == bytes{9, 9, 9, 9});
    CHECK(plane_at(*reader, 0, 0, 0) == bytes{9, 9, 9, 9});
  }
}

TEST_CASE("ome-zarr: Zarr 3 with a transposition, given by its zarr.json") {
  const scratch_folder folder;
  const json attributes{{"ome", multiscale("yx", {"0"})}};
  auto group = attributes;
  group["ome"]["version"] = "0.5";
  put(folder / "a.zarr/zarr.json",
      json{{"zarr_format", 3}, {"node_type", "group"}, {"attributes", group}}.dump());
  const json codecs{{{"name", "transpose"}, {"configuration", {{"order", {1, 0}}}}},
                    {{"name", "bytes"}, {"configuration", {{"endian", "big"}}}}};
  put(folder / "a.zarr/0/zarr.json", zarr3({2, 3}, {2, 3}, "int16", codecs).dump());
  put(folder / "a.zarr/0/c/0/0", std::string{"\0\1\0\4\0\2\0\5\0\3\0\6", 12});
  const auto reader = formats::open(folder / "a.zarr/zarr.json");
  CHECK(samples_of<int16_t>(reader->read({0, 0, {}, {0}, {0, 0, 3, 2}})[0])
        == std::vector<int16_t>{1, 2, 3, 4, 5, 6});
  CHECK(reader->describe().files
        == std::vector<std::string>{"zarr.json", "0/c/0/0", "0/zarr.json"});
}

TEST_CASE("ome-zarr: scales of both places and units give physical sizes") {
  const scratch_folder folder;
  auto attributes = multiscale("yx", {"0"}, "micrometer");
  auto& image = attributes["multiscales"][0];
  const auto scale = [](double y, double x) {
    return json{{{"type", "scale"}, {"scale", {y, x}}}};
  };
  image["coordinateTransformations"] = scale(2, 2);
  image["datasets"][0]["coordinateTransformations"] = scale(0.5, 0.25);
  put_image(folder / "a.zarr", attributes);
  auto s = formats::parse(folder / "a.zarr")->describe().images[0];
  CHECK(s.physical_y == formats::quantity{1, "µm"});
  CHECK(s.physical_x == formats::quantity{0.5, "µm"});
  image["datasets"][0]["coordinateTransformations"] = scale(-1, 1);
  image["axes"][1].erase("unit");
  put_image(folder / "a.zarr", attributes);
  s = formats::parse(folder / "a.zarr")->describe().images[0];
  CHECK(!s.physical_x);
  CHECK(!s.physical_y);
}

TEST_CASE("ome-zarr: the omero block names and colours channels, a broken one nothing") {
  const scratch_folder folder;
  auto attributes = multiscale("yx", {"0"});
  attributes["omero"]["channels"] = {
    {{"label", "DAPI"}, {"color", "0080ff"}, {"window", {{"start", 2}, {"end", 80.5}}}}};
  put_image(folder / "a.zarr", attributes);
  auto what = formats::parse(folder / "a.zarr")->describe();
  CHECK(what.images[0].channels[0].name == "DAPI");
  CHECK(what.images[0].channels[0].color == rgba{0, 128, 255, 255});
  CHECK(std::count(what.facts.begin(), what.facts.end(),
                   std::pair<std::string, std::string>{"Channel 0 window", "2 to 80.5"})
        == 1);
  attributes["omero"] = {{"channels", {{{"label", 7}, {"color", "red"}, {"window", 1}}}}};
  put_image(folder / "a.zarr", attributes);
  what = formats::parse(folder / "a.zarr")->describe();
  CHECK(what.images[0].channels[0].name.empty());
  CHECK(!what.images[0].channels[0].color);
}

TEST_CASE(
  "ome-zarr: labels are images of their own, those that cannot be read warnings") {
  const scratch_folder folder;
  put_image(folder / "a.zarr", multiscale("yx", {"0"}));
  put(folder / "a.zarr/labels/.zattrs",
      json{{"labels", {"cells", "../a", "absent"}}}.dump());
  put_image(folder / "a.zarr/labels/cells", multiscale("yx", {"0"}), 50);
  const auto reader = formats::open(folder / "a.zarr");
  REQUIRE(reader->describe().images.size() == 2);
  CHECK(reader->describe().images[1].name == "cells");
  CHECK(reader->describe().images[1].labels);
  CHECK_FALSE(reader->describe().images[0].labels);
  CHECK(plane_at(*reader, 0, 0, 0, 1)[0] == 50);
  CHECK(reader->describe().warnings
        == std::vector<std::string>{
          "the labels \"../a\" were left out: \"../a\" is no path inside the image "
          "folder",
          "the labels \"absent\" were left out: its group \"labels/absent\" is missing"});
}

TEST_CASE("ome-zarr: a smaller level that is broken is left out with a warning") {
  const scratch_folder folder;
  put_image(folder / "a.zarr", multiscale("yx", {"0", "1", "2"}));
  put(folder / "a.zarr/1/.zarray", zarr2({1, 2}, {1, 2}, "|u1").dump());
  put(folder / "a.zarr/2/.zarray", zarr2({1, 1}, {1, 1}, "<u2").dump());
  const auto what = formats::parse(folder / "a.zarr")->describe();
  CHECK(what.images[0].levels == std::vector<extent>{{3, 2}, {2, 1}});
  CHECK(what.warnings.size() == 1);
}

TEST_CASE("ome-zarr: a plate has wells, wells have fields") {
  const scratch_folder folder;
  const json plate{{"name", "screen 7"},
                   {"rows", {{{"name", "A"}}, {{"name", "B"}}}},
                   {"columns", {{{"name", "1"}}, {{"name", "2"}}}},
                   {"acquisitions", {{{"id", 5}, {"name", "first"}}}},
                   {"wells",
                    {{{"path", "B/2"}, {"rowIndex", 1}, {"columnIndex", 1}},
                     {{"path", "A/1"}},
                     {{"path", "A/2"}, {"rowIndex", 0}, {"columnIndex", 1}}}}};
  put(folder / "p.zarr/.zattrs", json{{"plate", plate}}.dump());
  const json fields{{{"path", "0"}, {"acquisition", 5}}, {{"path", "x"}}};
  put(folder / "p.zarr/B/2/.zattrs", json{{"well", {{"images", fields}}}}.dump());
  put(folder / "p.zarr/A/1/.zattrs", json{{"well", {{"images", fields}}}}.dump());
  put_image(folder / "p.zarr/B/2/0", multiscale("yx", {"0"}), 10);
  put_image(folder / "p.zarr/B/2/x", multiscale("yx", {"0"}), 20);
  put_image(folder / "p.zarr/A/1/0", multiscale("yx", {"0"}), 30);
  const auto set = formats::parse(folder / "p.zarr");
  const auto& what = set->describe();
  REQUIRE(what.images.size() == 3);
  CHECK(what.images[1].name == "B2/1");
  CHECK(what.images[2].name == "A1/0");
  REQUIRE(what.about.plates.size() == 1);
  const auto& p = what.about.plates[0];
  CHECK(p.name == "screen 7");
  CHECK(p.rows == 2);
  CHECK(p.row_naming == "letter");
  CHECK(p.column_naming == "number");
  REQUIRE(p.wells.size() == 2);
  CHECK(p.wells[0].row == 1);
  CHECK(p.wells[0].fields[0].run == 0);
  CHECK(!p.wells[0].fields[1].run);
  CHECK(p.wells[1].column == 0);
  CHECK(p.wells[1].fields[0].image == 2);
  CHECK(what.warnings.size() == 2); // A/2, and the second field of A/1
}

TEST_CASE("ome-zarr: a memo saves reading the metadata again") {
  const scratch_folder folder;
  put_image(folder / "a.zarr", multiscale("yx", {"0"}), 40);
  const auto parsed = formats::parse(folder / "a.zarr");
  const auto& format = formats::format_of(folder / "a.zarr");
  const auto memo = json::parse(parsed->memo().dump());
  std::filesystem::remove(folder / "a.zarr/0/.zarray");
  formats::fileset_reader reader{
    format.recall(folder / "a.zarr", parsed->describe(), memo)};
  CHECK(plane_at(reader, 0, 0, 0) == bytes{40, 41, 42, 43, 44, 45});
}

TEST_CASE("ome-zarr: the series of bioformats2raw, named by its OME-XML") {
  const scratch_folder folder;
  put(folder / "set/METADATA.ome.xml",
      R"(<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Instrument
      ID="Instrument:0"><Detector ID="Detector:0" Model="EM-CCD"/></Instrument><Image
      ID="Image:0" Name="embryo"><InstrumentRef ID="Instrument:0"/><Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint8" SizeX="3"
      SizeY="2" SizeZ="1" SizeC="1" SizeT="1" PhysicalSizeX="0.1"><Channel ID="Channel:0:0"
      Name="GFP"/><MetadataOnly/></Pixels><ROIRef ID="ROI:0"/></Image><ROI ID="ROI:0"><Union><Point
      ID="Shape:0" X="1" Y="1"/></Union></ROI></OME>)");
  put(folder / "set/data.zarr/.zattrs", R"({"bioformats2raw.layout": 3})");
  put_image(folder / "set/data.zarr/0", multiscale("yx", {"0"}), 5);
  for (auto main : {"set", "set/METADATA.ome.xml"}) {
    const auto reader = formats::open(folder / main);
    const auto& what = reader->describe();
    CHECK(what.warnings == std::vector<std::string>{});
    CHECK(what.images[0].name == "embryo");
    CHECK(what.images[0].channels[0].name == "GFP");
    CHECK(what.images[0].physical_x == formats::quantity{0.1, "µm"});
    CHECK(what.files.front() == "METADATA.ome.xml");
    CHECK(what.about.instruments.at(0).parts.at(0).kind == "Detector");
    CHECK(what.about.images.at(0).instrument == 0);
    CHECK(what.about.rois.size() == 1);
    CHECK(plane_at(*reader, 0, 0, 0)[1] == 6);
  }
}

TEST_CASE("ome-zarr: what is no image is refused with the reason") {
  const scratch_folder folder;
  const auto refused = [&](const json& attributes, const char* why) {
    put_image(folder / "a.zarr", attributes);
    CHECK(zarr_refusal(folder / "a.zarr") == why);
  };
  refused(json::object(), "a.zarr: it has no multiscale image");
  refused({{"multiscales", 1}}, "a.zarr: its multiscales are no list of images");
  refused(multiscale("yx", {}), "a.zarr: its multiscale image has no datasets");
  refused(multiscale("yx", {"7"}), "a.zarr: its array \"7\" is missing");
  refused(multiscale("zyx", {"0"}), "a.zarr: 3 axes for an array of 2 dimensions");
  refused(multiscale("xx", {"0"}), "a.zarr: the axis x is there twice");
  refused(multiscale("yx", {"/etc"}),
          "a.zarr: \"/etc\" is no path inside the image folder");
  auto late = multiscale("yx", {"0"});
  late["multiscales"][0]["version"] = "99.0";
  refused(late, "a.zarr: OME-Zarr version 99.0 is not supported");
  put(folder / "a.zarr/.zattrs", "{");
  CHECK(zarr_refusal(folder / "a.zarr") == "a.zarr: .zattrs is not JSON");
  std::string deep = "{\"a\":";
  for (int i = 0; i < 100'000; ++i)
    deep += '[';
  put(folder / "a.zarr/.zattrs", deep);
  CHECK(zarr_refusal(folder / "a.zarr") == "a.zarr: .zattrs is nested too deep");
  std::filesystem::create_directory(folder / "empty");
  CHECK(zarr_refusal(folder / "empty")
        == "empty: not an image folder (Troupe reads OME-Zarr)");
}

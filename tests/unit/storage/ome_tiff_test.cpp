#include "storage/failure.hpp"
#include "storage/formats/ome_units.hpp"
#include "storage/formats/ome_xml.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe;
using namespace troupe::test;

namespace {

constexpr auto schema = "http://www.openmicroscopy.org/Schemas/OME/2016-06";

std::string ome(const std::string& content, const std::string& attributes = "") {
  return fmt::format(
    R"(<?xml version="1.0" encoding="UTF-8"?><OME xmlns="{}" {}>{}</OME>)", schema,
    attributes, content);
}

std::string pixels(const std::string& attributes, const std::string& content) {
  return fmt::format(
    R"(<Image ID="Image:0" Name="cells"><Pixels ID="Pixels:0" Type="uint8" )"
    R"(SizeX="8" SizeY="6" {}>{}</Pixels></Image>)",
    attributes, content);
}

/// Pages 0, 1, 2 ... whose first sample is 11 times the page.
std::unique_ptr<formats::reader> open_pages(const scratch_folder& folder, size_t count,
                                            const std::string& xml,
                                            uint16_t samples = 1) {
  std::vector<tiff_page> pages(count,
                               tiff_page{.width = 8, .height = 6, .samples = samples});
  for (size_t i = 0; i < count; ++i) {
    pages[i].seed = static_cast<uint32_t>(i);
    if (samples == 3)
      pages[i].photometric = PHOTOMETRIC_RGB;
  }
  pages[0].description = xml;
  return formats::open(write_tiff(folder / "a.ome.tif", pages));
}

/// @returns which page plane (z, c, t) comes from, by its first sample.
int page_of(formats::reader& reader, int32_t z, int32_t c, int32_t t) {
  return reader.read({0, 0, {z, t}, {c}, {0, 0, 1, 1}})[0].samples.data()[0] / 11;
}

std::string refusal(const std::string& xml, size_t pages = 1) {
  const scratch_folder folder;
  try {
    open_pages(folder, pages, xml);
  } catch (const failure& e) {
    CHECK(e.code == errc::unreadable);
    return e.what();
  }
  return "";
}

} // namespace

TEST_CASE("ome-tiff: planes follow the dimension order") {
  const scratch_folder folder;
  const auto sizes = R"(DimensionOrder="{}" SizeZ="2" SizeC="3" SizeT="2")";
  const auto xml = [&](const char* order) {
    return ome(pixels(fmt::format(fmt::runtime(sizes), order), "<TiffData/>"));
  };
  const auto zct = open_pages(folder, 12, xml("XYZCT"));
  CHECK(zct->describe().format == "OME-TIFF");
  CHECK(zct->describe().images[0].size == dimensions{8, 6, 2, 3, 2});
  CHECK(page_of(*zct, 1, 2, 0) == 5);
  CHECK(page_of(*zct, 1, 0, 1) == 7);
  const auto tcz = open_pages(folder, 12, xml("XYTCZ"));
  CHECK(page_of(*tcz, 1, 2, 0) == 10);
  CHECK(page_of(*tcz, 0, 1, 1) == 3);
}

TEST_CASE("ome-tiff: TiffData places planes, what it leaves out is black") {
  const scratch_folder folder;
  const auto reader = open_pages(
    folder, 3,
    ome(pixels(
      R"(DimensionOrder="XYZCT" SizeZ="2" SizeC="2" SizeT="1")",
      R"(<TiffData IFD="2" FirstZ="0"/><TiffData IFD="0" FirstC="1" PlaneCount="2"/>)")));
  CHECK(page_of(*reader, 0, 0, 0) == 2);
  CHECK(page_of(*reader, 0, 1, 0) == 0);
  CHECK(page_of(*reader, 1, 1, 0) == 1);
  const auto absent = reader->read({0, 0, {1, 0}, {0}, {0, 0, 8, 6}});
  CHECK(std::count(absent[0].samples.view().begin(), absent[0].samples.view().end(), '\0')
        == 48);
}

TEST_CASE("ome-tiff: samples of a page are channels") {
  const scratch_folder folder;
  const auto reader = open_pages(
    folder, 2,
    ome(pixels(R"(DimensionOrder="XYCZT" SizeZ="2" SizeC="3" SizeT="1")",
               R"(<Channel ID="c" SamplesPerPixel="3" Name="H and E"/><TiffData/>)")),
    3);
  const auto& s = reader->describe().images[0];
  CHECK(s.rgb);
  CHECK(s.size == dimensions{8, 6, 2, 3, 1});
  CHECK(s.channels.size() == 3);
  const auto planes = reader->read({0, 0, {1, 0}, {2, 0}, {0, 0, 1, 1}});
  CHECK(planes[0].samples.data()[0] == 111); // 100 for the sample, 11 for the page
  CHECK(planes[1].samples.data()[0] == 11);
}

TEST_CASE("ome-tiff: several images share a file") {
  const scratch_folder folder;
  const auto image = [](int page) {
    return pixels(R"(DimensionOrder="XYZCT" SizeZ="1" SizeC="1" SizeT="1")",
                  fmt::format(R"(<TiffData IFD="{}"/>)", page));
  };
  const auto reader = open_pages(folder, 2, ome(image(1) + image(0)));
  REQUIRE(reader->describe().images.size() == 2);
  CHECK(page_of(*reader, 0, 0, 0) == 1);
}

TEST_CASE("ome-tiff: names, colours, sizes and times come from the XML") {
  const auto document = formats::parse_ome_xml(ome(
    R"(<Image ID="Image:0" Name="a &lt;b&gt;"><AcquisitionDate>2005-01-16T03:00:01</AcquisitionDate>
    <Description>two
lines</Description>
    <Pixels ID="p" Type="uint16" SizeX="8" SizeY="6" SizeZ="1" SizeC="2" SizeT="3" DimensionOrder="XYZCT"
      PhysicalSizeX="161.25" PhysicalSizeXUnit="nm" PhysicalSizeY="0.5" PhysicalSizeZ="-1"
      TimeIncrement="7" SignificantBits="12">
    <Channel ID="c0" Name="DNA" Color="-16776961" EmissionWavelength="0.461" EmissionWavelengthUnit="µm"/>
    <Channel ID="c1" Color="65535" ExcitationWavelength="488"/>
    <TiffData/>
    <Plane TheZ="0" TheC="1" TheT="2" DeltaT="2" DeltaTUnit="min" ExposureTime="500" ExposureTimeUnit="ms" PositionX="1.5"/>
    <Plane TheZ="9" TheC="0" TheT="0"/>
    </Pixels></Image>)",
    R"(Creator="the test")"));
  REQUIRE(document.images.size() == 1);
  const auto& s = document.images[0].what;
  CHECK(s.name == "a <b>");
  CHECK(s.description == "two\nlines");
  CHECK(s.acquired == "2005-01-16T03:00:01Z");
  CHECK(s.type == pixel_type::uint16);
  CHECK(s.significant_bits == 12);
  CHECK(*s.physical_x == formats::quantity{161.25, "nm"});
  CHECK(*s.physical_y == formats::quantity{0.5, "µm"});
  CHECK(!s.physical_z);
  CHECK(*s.time_increment == formats::quantity{7, "s"});
  REQUIRE(s.channels.size() == 2);
  CHECK(s.channels[0].name == "DNA");
  CHECK(*s.channels[0].color == rgba{255, 0, 0, 255});
  CHECK(*s.channels[1].color == rgba{0, 0, 255, 255});
  CHECK(*s.channels[0].emission == doctest::Approx(461));
  CHECK(*s.channels[1].excitation == 488);
  REQUIRE(s.planes.size() == 1);
  CHECK(*s.planes[0].delta_t == 120);
  CHECK(*s.planes[0].exposure == doctest::Approx(0.5));
  CHECK(*s.planes[0].x == 1.5);
  CHECK(document.facts == decltype(document.facts){{"Creator", "the test"}});
}

TEST_CASE("ome-tiff: a prefix for the namespace is as good as none") {
  const auto text = fmt::format(
    R"(<ome:OME xmlns:ome="{}"><ome:Image><ome:Pixels Type="int8" SizeX="1" SizeY="1" SizeZ="1" SizeC="1" SizeT="1" DimensionOrder="XYZCT"/></ome:Image></ome:OME>)",
    schema);
  CHECK(formats::parse_ome_xml(text).images.size() == 1);
}

TEST_CASE("ome-tiff: planes in other files, or metadata there, are refused by name") {
  const auto place = [](const char* uuid, const char* name) {
    return pixels(
      R"(DimensionOrder="XYZCT" SizeZ="1" SizeC="1" SizeT="1")",
      fmt::format(R"(<TiffData IFD="0"><UUID FileName="{}">{}</UUID></TiffData>)", name,
                  uuid));
  };
  CHECK(refusal(ome(place("urn:uuid:1", "b.ome.tif"), R"(UUID="urn:uuid:2")"))
        == "a.ome.tif: planes are in other files, missing file b.ome.tif");
  CHECK(refusal(ome(R"(<BinaryOnly MetadataFile="set.companion.ome" UUID="x"/>)"))
        == "a.ome.tif: its metadata are in another file, missing set.companion.ome");
  CHECK(refusal(ome(place("urn:uuid:2", "renamed.ome.tif"), R"(UUID="urn:uuid:2")"))
        == "");
  CHECK(refusal(ome(place("urn:uuid:1", "a.ome.tif"))) == "");
}

TEST_CASE("ome-tiff: XML that cannot be trusted is refused") {
  const auto good = R"(DimensionOrder="XYZCT" SizeZ="1" SizeC="1" SizeT="1")";
  CHECK(
    refusal("<OME xmlns=\"" + std::string{schema} + "\"><Image>").find("not well-formed")
    != std::string::npos);
  CHECK(refusal("<!DOCTYPE OME [<!ENTITY a \"b\">]>" + ome(pixels(good, "")).substr(38))
          .find("DOCTYPE")
        != std::string::npos);
  CHECK(refusal(ome(pixels(good, "<Channel A=\"1\" A=\"2\"/>"))).find("twice")
        != std::string::npos);
  CHECK(refusal(ome(pixels(good, "\xff"))).find("UTF-8") != std::string::npos);
  std::string nested;
  for (int i = 0; i < 100; ++i)
    nested = "<a>" + nested + "</a>";
  CHECK(refusal(ome(nested + pixels(good, ""))).find("too deep") != std::string::npos);
  CHECK(refusal(R"(<OME xmlns="http://example.org/OME">)" + pixels(good, "") + "</OME>")
          .find("schema")
        != std::string::npos);
}

TEST_CASE("ome-tiff: XML and pages that disagree are refused") {
  const auto one = [](const char* attributes, const char* content = "") {
    return refusal(ome(pixels(attributes, content)));
  };
  CHECK(one(R"(DimensionOrder="XYZCT" SizeZ="1000" SizeC="1" SizeT="1")")
          .find("declares 1000 planes, the file has 1")
        != std::string::npos);
  CHECK(one(R"(DimensionOrder="XYZCT" SizeZ="1" SizeC="0" SizeT="1")")
          .find("impossible SizeC")
        != std::string::npos);
  CHECK(one(R"(DimensionOrder="XYZCT" SizeZ="3000000000" SizeC="3000000000" SizeT="1")")
          .find("impossible SizeZ")
        != std::string::npos);
  CHECK(
    one(R"(DimensionOrder="XYZZT" SizeZ="1" SizeC="1" SizeT="1")").find("DimensionOrder")
    != std::string::npos);
  const auto good = R"(DimensionOrder="XYZCT" SizeZ="1" SizeC="1" SizeT="1")";
  CHECK(one(good, R"(<TiffData IFD="7"/>)").find("page 7 of 1") != std::string::npos);
  CHECK(one(good, R"(<TiffData IFD="-1"/>)").find("page -1") != std::string::npos);
  CHECK(one(good, R"(<TiffData IFD="0" PlaneCount="2147483647"/>)").find("refers to page")
        != std::string::npos);
  CHECK(one(good, R"(<TiffData FirstZ="1"/>)").find("outside") != std::string::npos);
  CHECK(one(good, R"(<Channel SamplesPerPixel="3"/>)").find("do not fit SizeC")
        != std::string::npos);
  auto text = ome(pixels(good, ""));
  text.replace(text.find("SizeX=\"8\""), 9, "SizeX=\"9\"");
  CHECK(refusal(text).find("9 x 6 pixels, page 0 has 8 x 6") != std::string::npos);
  text = ome(pixels(good, ""));
  text.replace(text.find("uint8"), 5, "float");
  CHECK(refusal(text).find("says float, page 0 has uint8") != std::string::npos);
}

TEST_CASE("ome-tiff: dates become RFC 3339 or nothing") {
  using formats::rfc3339;
  CHECK(rfc3339("2020-02-03T04:05:06") == "2020-02-03T04:05:06Z");
  CHECK(rfc3339("2020-02-03T04:05:06.25+02:00") == "2020-02-03T04:05:06.25+02:00");
  CHECK(rfc3339("2020-13-03T04:05:06") == "");
  CHECK(rfc3339("yesterday") == "");
  CHECK(rfc3339("2020-02-03T04:05:06'; drop table images") == "");
}

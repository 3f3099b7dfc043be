// OME-XML beyond pixels: what is bad is left out with a warning, old schemas read too.

#include "storage/formats/ome_xml.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe;
using namespace troupe::formats;

namespace {

ome_document parse(const std::string& in_image, const std::string& beside,
                   const char* schema = "2016-06") {
  return parse_ome_xml(fmt::format(
    R"(<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/{}">)"
    R"(<Image ID="Image:0">{}<Pixels DimensionOrder="XYZCT" Type="uint8" SizeX="8")"
    R"( SizeY="6" SizeZ="1" SizeC="3" SizeT="1"/></Image>{}</OME>)",
    schema, in_image, beside));
}

ome_document parse_shape(const std::string& shape) {
  return parse(R"(<ROIRef ID="R"/>)",
               R"(<ROI ID="R"><Union>)" + shape + "</Union></ROI>");
}

} // namespace

TEST_CASE("ome-xml: bad shapes are left out, one warning each") {
  for (
    auto bad :
    {R"(<Polygon Points="a,b"/>)", R"(<Polygon Points=""/>)",
     R"(<Polyline Points="1,2 3"/>)",
     R"(<Rectangle X="NaN" Y="0" Width="1" Height="1"/>)", R"(<Spiral X="0"/>)",
     R"(<Point X="1e300" Y="1"/>)",
     R"(<Mask X="0" Y="0" Width="8" Height="8"><BinData>!!</BinData></Mask>)",
     R"(<Mask X="0" Y="0" Width="1e8" Height="1e8"><BinData>AAAA</BinData></Mask>)",
     R"(<Point X="1" Y="1"><Transform A00="NaN" A10="0" A01="0" A11="1" A02="0" A12="0"/></Point>)"}) {
    CAPTURE(std::string{bad});
    const auto d = parse_shape(std::string{bad} + R"(<Point X="1" Y="2"/>)");
    REQUIRE(d.about.rois.size() == 1);
    CHECK(d.about.rois[0].shapes.size() == 1);
    CHECK(d.about.rois[0].images == std::vector<int32_t>{0});
    CHECK(d.warnings.size() == 1);
  }
}

TEST_CASE("ome-xml: points with stray commas, and in the form of old writers") {
  using points = std::vector<double>;
  CHECK(parse_shape(R"(<Polygon Points="1,1 10,20, 20,20"/>)")
          .about.rois[0]
          .shapes[0]
          .geometry
        == points{1, 1, 10, 20, 20, 20});
  CHECK(parse_shape(R"(<Polyline Points="points[1,2 3,4] points1[5,6]"/>)")
          .about.rois[0]
          .shapes[0]
          .geometry
        == points{1, 2, 3, 4});
}

TEST_CASE("ome-xml: a mask of one byte per pixel becomes bits") {
  const auto d = parse_shape(
    R"(<Mask X="0" Y="0" Width="3" Height="3"><BinData>AQAAAAAAAAAB</BinData></Mask>)");
  CHECK(d.about.rois[0].shapes[0].mask.view() == std::string_view{"\x80\x80", 2});
}

TEST_CASE("ome-xml: references that lead nowhere, and annotations in a circle") {
  const auto d = parse(
    R"(<ROIRef ID="ROI:7"/><AnnotationRef ID="A:1"/><AnnotationRef ID="A:9"/>)",
    R"(<StructuredAnnotations><TagAnnotation ID="A:0"><AnnotationRef ID="A:1"/>)"
    R"(<Value>a</Value></TagAnnotation><TagAnnotation ID="A:1"><AnnotationRef ID="A:0"/>)"
    R"(<Value>b</Value></TagAnnotation><LongAnnotation ID="A:2"><Value>many</Value>)"
    R"(</LongAnnotation></StructuredAnnotations>)");
  CHECK(d.about.annotations.size() == 2);
  CHECK(d.about.annotations[0].annotations == std::vector<int32_t>{1});
  CHECK(d.about.images[0].annotations == std::vector<int32_t>{1});
  CHECK(d.warnings.size() == 3);
}

TEST_CASE("ome-xml: an attached file keeps its name without the path") {
  const auto d =
    parse("", R"(<StructuredAnnotations><FileAnnotation ID="A">)"
              R"(<BinaryFile FileName="..\..\/tmp/owned" MIMEType="text/plain">)"
              R"(<BinData Compression="zlib">eJxzdHIGAAGNAMc=</BinData>)"
              R"(</BinaryFile></FileAnnotation></StructuredAnnotations>)");
  REQUIRE(d.about.annotations.size() == 1);
  const auto& file = std::get<metadata::attachment>(d.about.annotations[0].value);
  CHECK(file.name == "owned");
  CHECK(file.bytes.view() == "ABC");
}

TEST_CASE("ome-xml: a well outside any plate is left out") {
  const auto d =
    parse("", R"(<Plate ID="P" Rows="2"><Well Row="2000000000" Column="-3"/>)"
              R"(<Well Row="1" Column="1"><WellSample Index="3"><ImageRef ID="Image:0"/>)"
              R"(</WellSample></Well></Plate>)");
  REQUIRE(d.about.plates.size() == 1);
  CHECK(d.about.plates[0].wells.size() == 1);
  CHECK(d.about.plates[0].wells[0].fields.size() == 1);
  CHECK(d.warnings.size() == 1);
}

TEST_CASE("ome-xml: channels and light sources of 2008") {
  const auto d = parse(
    R"(<LogicalChannel Name="DAPI" EmWave="450" SamplesPerPixel="3" Mode="WideField"/>)",
    R"(<Instrument ID="I"><LightSource ID="L" Manufacturer="Coherent" Power="5">)"
    R"(<Laser Medium="Ag" Wavelength="488"/></LightSource>)"
    R"(<Objective ID="O"><LensNA>1.4</LensNA></Objective></Instrument>)",
    "2008-09");
  CHECK(d.images[0].what.channels[0].name == "DAPI");
  CHECK(d.images[0].what.channels[0].emission == 450);
  REQUIRE(d.about.images[0].channels.size() == 3);
  CHECK(*metadata::find(d.about.images[0].channels[2], "AcquisitionMode")
        == metadata::value{"WideField"});
  const auto& parts = d.about.instruments[0].parts;
  const auto laser = metadata::find(parts, "Laser");
  REQUIRE(laser);
  CHECK(laser->id == "L");
  CHECK(*metadata::find(*laser, "Power") == metadata::value{metadata::quantity{5, "mW"}});
  CHECK(*metadata::find(*laser, "Manufacturer") == metadata::value{"Coherent"});
  CHECK(*metadata::find(*metadata::find(parts, "Objective"), "LensNA")
        == metadata::value{1.4});
}

TEST_CASE("ome-xml: a folder cannot be in itself") {
  const auto d = parse("", R"(<Folder ID="F:0"><FolderRef ID="F:1"/></Folder>)"
                           R"(<Folder ID="F:1"><FolderRef ID="F:0"/></Folder>)");
  CHECK(d.about.folders[1].parent == 0);
  CHECK(!d.about.folders[0].parent);
  CHECK(d.warnings.size() == 1);
}

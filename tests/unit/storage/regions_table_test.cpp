// Shapes as tables and as OME-XML, both ways; which file is what.

#include "storage/regions/ome_regions.hpp"
#include "storage/regions/shape_table.hpp"

#include "storage/formats/ome_xml.hpp"
#include "tests/unit/storage/drawn.hpp"

using namespace troupe;
using namespace troupe::test;
using namespace troupe::regions;

namespace {

/// Both keep everything a drawing of every_kind() has.
void check_same(const found_regions& found, const regions::drawing& d) {
  CHECK(found.warnings.empty());
  REQUIRE(found.rois.size() == d.rois.size());
  for (size_t i = 0; i < d.rois.size(); ++i) {
    CAPTURE(d.rois[i].name);
    CHECK(found.rois[i].name == d.rois[i].name);
    CHECK(found.rois[i].description == d.rois[i].description);
    REQUIRE(found.rois[i].shapes.size() == d.rois[i].shapes.size());
    for (size_t n = 0; n < d.rois[i].shapes.size(); ++n) {
      const auto &was = d.rois[i].shapes[n], &is = found.rois[i].shapes[n];
      CHECK(is.kind == was.kind);
      CHECK(is.geometry == was.geometry);
      CHECK(is.z == was.z);
      CHECK(is.c == was.c);
      CHECK(is.t == was.t);
      CHECK(is.text == was.text);
      CHECK(is.locked == was.locked);
      CHECK(is.transform == was.transform);
      CHECK(is.mask.view() == was.mask.view());
      CHECK(is.style.stroke == was.style.stroke);
      CHECK(is.style.fill == was.style.fill);
      CHECK(is.style.stroke_width == was.style.stroke_width);
    }
  }
}

regions::drawing with_transform() {
  auto d = every_kind();
  d.rois[0].shapes[0].transform = metadata::affine{0.1, 2, 3, 4, -5.5, 1e-7};
  d.rois[1].shapes.push_back(drawn(shape_kind::point, {0.1, 1.0 / 3}));
  return d;
}

} // namespace

TEST_CASE("shape table: a drawing is written and read again") {
  const auto d = with_transform();
  const auto text = write_shape_table(d);
  CHECK(text.starts_with("roi,name,description,kind,z,c,t,geometry"));
  check_same(read_regions(text, ground), d);
}

TEST_CASE("shape table: columns in any order, more of them, as spreadsheets write") {
  const auto found = read_regions("geometry;kind;mine;roi\r\n"
                                  "1 2 3 4;rectangle;x;a\r\n"
                                  "5 6;point;;a\r\n"
                                  "7 8;Point;;\r\n"
                                  "9 10;point;;\r\n",
                                  ground);
  REQUIRE(found.rois.size() == 3);
  CHECK(found.rois[0].shapes.size() == 2);
  CHECK_FALSE(found.rois[0].shapes[0].z);
}

TEST_CASE("shape table: what is wrong is named by its line") {
  auto complaint = [](const std::string& row) -> std::string {
    try {
      read_regions("kind,geometry,z,stroke,mask,transform\n" + row, ground);
      return "";
    } catch (const failure& f) {
      return f.what();
    }
  };
  CHECK(complaint("point,1 2,,,,").empty());
  CHECK(complaint("cloud,1 2,,,,").starts_with("line 2: kind"));
  CHECK(complaint("point,1 x,,,,").starts_with("line 2: geometry"));
  CHECK(complaint("point,1 nan,,,,").starts_with("line 2: geometry"));
  CHECK(complaint("point,1 1e999,,,,").starts_with("line 2: geometry"));
  CHECK(complaint("point,1 2,-1,,,").starts_with("line 2: z"));
  CHECK(complaint("point,1 2,,red,,").starts_with("line 2: stroke"));
  CHECK(complaint("point,1 2,,#12345Z,,").starts_with("line 2: stroke"));
  CHECK(complaint("point,1 2,,,!!,").starts_with("line 2: mask"));
  CHECK(complaint("point,1 2,,,,1 2 3").starts_with("line 2: transform"));
  CHECK(complaint("point,1,,,,").starts_with("rois[0].shapes[0].geometry"));
  CHECK(complaint("mask,0 0 9 9,,,AA==,").starts_with("rois[0].shapes[0].mask"));
}

TEST_CASE("ome regions: a drawing is written and read again") {
  const auto d = with_transform();
  const auto text = write_ome_regions(d);
  check_same(read_regions(text, ground), d);
  // Also by whoever reads whole images.
  const auto document = formats::parse_ome_xml(text);
  REQUIRE(document.images.size() == 1);
  CHECK(document.images[0].what.size == ground);
  REQUIRE(document.about.rois.size() == d.rois.size());
  CHECK(document.about.rois[0].images == std::vector<int32_t>{0});
  CHECK(document.warnings.empty());
}

TEST_CASE("ome regions: those of the first image, or all without images") {
  auto file = [](const std::string& images) {
    return R"(<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">)" + images
           + R"(<ROI ID="ROI:0"><Union><Point ID="Shape:0" X="1" Y="2"/></Union></ROI>)"
             R"(<ROI ID="ROI:1"><Union><Point ID="Shape:1" X="3" Y="4"/></Union></ROI></OME>)";
  };
  CHECK(read_regions(file(""), ground).rois.size() == 2);
  const auto first =
    read_regions(file(R"(<Image ID="Image:0"><ROIRef ID="ROI:1"/></Image>)"
                      R"(<Image ID="Image:1"><ROIRef ID="ROI:0"/></Image>)"),
                 ground);
  REQUIRE(first.rois.size() == 1);
  CHECK(first.rois[0].shapes[0].geometry[0] == 3);
}

TEST_CASE("ome regions: hostile XML is refused, bad shapes are left out") {
  CHECK(refusal_of("<OME") == errc::unreadable);
  CHECK(refusal_of("<html/>") == errc::bad_request);
  CHECK(refusal_of("<OME/>") == errc::bad_request);
  CHECK(refusal_of(R"(<!DOCTYPE OME [<!ENTITY a "b">]><OME/>)") == errc::unreadable);
  std::string deep;
  for (int i = 0; i < 100; ++i)
    deep += "<OME>";
  for (int i = 0; i < 100; ++i)
    deep += "</OME>";
  CHECK(refusal_of(deep) == errc::unreadable);
  const auto found = read_regions(
    R"(<OME><ROI ID="ROI:0"><Union><Point X="NaN" Y="2"/><Point X="1" Y="2"/>)"
    R"(<Mask X="0" Y="0" Width="99999999" Height="99999999"/></Union></ROI></OME>)",
    ground);
  CHECK(found.rois.at(0).shapes.size() == 1);
  CHECK(found.warnings.size() == 2);
}

TEST_CASE("region files: formats are known by their beginnings and names") {
  CHECK(format_named("geojson").extension == "geojson");
  CHECK_THROWS_AS(format_named("svg"), failure);
  for (auto text : {"", "x", "\x89PNG\r\n", "a,b,c\n1,2,3\n"})
    CHECK(refusal_of(text) == errc::bad_request);
  for (auto& f : file_formats()) {
    CAPTURE(f.name);
    auto d = every_kind();
    d.rois.resize(1);
    CHECK(f.detect(f.write(d)));
    CHECK(read_regions(f.write(d), ground).rois.size() == 1);
  }
}

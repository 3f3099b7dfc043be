// OME-XML that is written, read again: what the schema has no words for is left out.

#include "storage/export/ome_xml.hpp"
#include "storage/formats/ome_xml.hpp"

#include <doctest/doctest.h>
#include <limits>

using namespace troupe;
using exports::pixel_place;
using exports::write_ome_xml;
using metadata::annotation_kind;
using metadata::shape_kind;

namespace {

formats::series small() {
  formats::series s;
  s.name = "a";
  s.size = {8, 6, 2, 2, 1};
  s.channels = {{"DAPI", rgba{0, 0, 255, 255}, 461, 358}, {"GFP", {}, 0, {}}};
  s.levels = {{8, 6}};
  return s;
}

metadata::shape shape_of(shape_kind kind, std::vector<double> geometry) {
  metadata::shape s;
  s.kind = kind;
  s.geometry = std::move(geometry);
  return s;
}

shared_bytes some_bytes(std::string_view text) {
  return shared_bytes{{text.begin(), text.end()}};
}

/// One of every kind, each on the image.
metadata::document everything() {
  metadata::document d;
  d.annotations = {
    {annotation_kind::tag, "", "lab/ns", "why", "blue & green", {}},
    {annotation_kind::comment, "", "", "", "two\nlines", {}},
    {annotation_kind::xml, "", "", "", "<a b=\"1\"><c/></a>", {}},
    {annotation_kind::term, "", "", "", "GO:1", {}},
    {annotation_kind::long_integer, "", "", "", int64_t{-7}, {}},
    {annotation_kind::floating, "", "", "", 0.1, {}},
    {annotation_kind::boolean, "", "", "", true, {}},
    {annotation_kind::timestamp, "", "", "", "2024-05-06T07:08:09Z", {}},
    {annotation_kind::map, "", "", "", metadata::key_values{{"k", "1"}, {"k", "2"}}, {}},
    {annotation_kind::file,
     "",
     "",
     "",
     metadata::attachment{"a.txt", "text/plain", some_bytes("hello")},
     {}},
    {annotation_kind::list, "", "", "", std::monostate{}, {0, 1}}};
  d.images.resize(1);
  for (int32_t i = 0; i < 11; ++i)
    d.images[0].annotations.push_back(i);
  d.images[0].channels.resize(2);
  d.images[0].channels[1].annotations = {0};
  metadata::roi r;
  r.name = "nuclei";
  r.description = "all kinds";
  r.images = {0};
  r.annotations = {1};
  r.shapes = {shape_of(shape_kind::rectangle, {1, 2, 3.5, 4}),
              shape_of(shape_kind::ellipse, {1, 2, 3, 4}),
              shape_of(shape_kind::point, {1, 2}),
              shape_of(shape_kind::line, {1, 2, 3, 4}),
              shape_of(shape_kind::polyline, {1, 2, 3, 4, 5, 6.25}),
              shape_of(shape_kind::polygon, {1, 2, 3, 4, 5, 6}),
              shape_of(shape_kind::label, {1, 2}),
              shape_of(shape_kind::mask, {0, 0, 3, 3})};
  r.shapes[0].z = 1;
  r.shapes[0].text = "<one>";
  r.shapes[0].style.stroke = rgba{255, 0, 0, 128};
  r.shapes[0].style.stroke_width = {2, "pixel"};
  r.shapes[0].transform = metadata::affine{1, 0, 0, 1, 5, 6};
  r.shapes[0].annotations = {4};
  r.shapes[3].style.marker_end = "Arrow";
  r.shapes[7].mask = some_bytes("\x80\x01");
  d.rois = {r};
  return d;
}

} // namespace

TEST_CASE("ome-xml export: regions and annotations of every kind are read again") {
  const auto wanted = everything();
  const auto xml = write_ome_xml(small(), wanted, pixel_place::this_tiff);
  const auto found = formats::parse_ome_xml(xml);
  CHECK(found.warnings.empty());
  REQUIRE(found.about.annotations.size() == wanted.annotations.size());
  for (size_t i = 0; i < wanted.annotations.size(); ++i) {
    CAPTURE(i);
    CHECK(found.about.annotations[i].kind == wanted.annotations[i].kind);
    if (wanted.annotations[i].kind != annotation_kind::file)
      CHECK(found.about.annotations[i].value.index()
            == wanted.annotations[i].value.index());
    CHECK(found.about.annotations[i].annotations == wanted.annotations[i].annotations);
  }
  CHECK(found.about.annotations[0].name_space == "lab/ns");
  CHECK(std::get<std::string>(found.about.annotations[2].value) == "<a b=\"1\"><c/></a>");
  CHECK(std::get<metadata::attachment>(found.about.annotations[9].value).bytes.view()
        == "hello");
  CHECK(found.about.images[0].annotations == wanted.images[0].annotations);
  REQUIRE(found.about.images[0].channels.size() == 2);
  CHECK(found.about.images[0].channels[1].annotations == std::vector<int32_t>{0});
  REQUIRE(found.about.rois.size() == 1);
  const auto &was = wanted.rois[0], &is = found.about.rois[0];
  CHECK(is.name == was.name);
  CHECK(is.description == was.description);
  CHECK(is.annotations == was.annotations);
  REQUIRE(is.shapes.size() == was.shapes.size());
  for (size_t i = 0; i < was.shapes.size(); ++i) {
    CAPTURE(i);
    CHECK(is.shapes[i].kind == was.shapes[i].kind);
    CHECK(is.shapes[i].geometry == was.shapes[i].geometry);
    CHECK(is.shapes[i].mask.view() == was.shapes[i].mask.view());
    CHECK(is.shapes[i].style == was.shapes[i].style);
    CHECK(is.shapes[i].transform == was.shapes[i].transform);
    CHECK(is.shapes[i].z == was.shapes[i].z);
    CHECK(is.shapes[i].text == was.shapes[i].text);
    CHECK(is.shapes[i].annotations == was.shapes[i].annotations);
  }
}

TEST_CASE("ome-xml export: what the schema does not take is left out") {
  auto s = small();
  s.physical_x = {0.5, "furlong"};
  s.physical_z = {0, "µm"};
  s.time_increment = {1, "s"};
  s.acquired = "yesterday";
  s.planes = {{0, 1, 0, 1.5, std::numeric_limits<double>::infinity(), {}, {}, {}}};
  metadata::document d;
  d.annotations = {
    {annotation_kind::floating, "", "", "", std::numeric_limits<double>::quiet_NaN(), {}},
    {annotation_kind::file, "", "", "", metadata::attachment{"a", "", {}}, {}},
    {annotation_kind::timestamp, "", "", "", "soon", {}},
    {annotation_kind::xml, "", "", "", "no <element", {}},
    {annotation_kind::tag, "", "", "", "kept", {0, 1, 3}}};
  d.images.resize(1);
  d.images[0].annotations = {0, 1, 2, 3, 4, 99};
  d.rois.resize(2);
  d.rois[1].shapes = {shape_of(shape_kind::rectangle, {1, 2}),
                      shape_of(shape_kind::point, {1, 2})};
  d.rois[1].shapes[1].style.font_family = "Comic Sans";
  d.rois[1].shapes[1].style.font_size = {11.6, "pt"};
  const auto xml = write_ome_xml(s, d, pixel_place::elsewhere);
  for (auto word : {"furlong", "PhysicalSizeZ", "yesterday", "inf", "nan", "soon",
                    "Comic", "FloatAnnotation", "FileAnnotation", "TimestampAnnotation",
                    "DoubleAnnotation", "EmissionWavelength=\"0\""})
    CHECK_MESSAGE(xml.find(word) == xml.npos, word << " in " << xml);
  for (auto word :
       {"TimeIncrement=\"1\"", "DeltaT=\"1.5\"", "<MetadataOnly", "FontSize=\"12\"",
        "<Text>no &lt;element</Text>", "<Value>kept</Value>"})
    CHECK_MESSAGE(xml.find(word) != xml.npos, word << " not in " << xml);
  size_t regions = 0;
  for (auto at = xml.find("<ROI "); at != xml.npos; at = xml.find("<ROI ", at + 1))
    ++regions;
  CHECK(regions == 1);
  CHECK(xml.find("Annotation:99") == xml.npos);
  CHECK(xml.find("Annotation:0\"") == xml.npos);
}

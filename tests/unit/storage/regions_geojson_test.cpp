// GeoJSON, QuPath's dialect: both ways, and what it must refuse.

#include "storage/regions/geojson.hpp"

#include "storage/regions/areas.hpp"
#include "tests/unit/storage/drawn.hpp"

#include <nlohmann/json.hpp>

using namespace troupe;
using namespace troupe::test;
using namespace troupe::regions;
using nlohmann::json;

namespace {

std::string feature(const std::string& geometry, const std::string& properties = "{}") {
  return R"({"type":"FeatureCollection","features":[{"type":"Feature","id":"x","geometry":)"
         + geometry + R"(,"properties":)" + properties + "}]}";
}

roi only(const std::string& text) {
  auto found = read_regions(text, ground);
  REQUIRE(found.rois.size() == 1);
  return found.rois[0];
}

} // namespace

TEST_CASE("geojson: what QuPath writes") {
  const auto r = only(feature(
    R"({"type":"Polygon","coordinates":[[[1,1],[9,1.5],[8,9],[1,1]]],"plane":{"c":-1,"z":2,"t":6}})",
    R"({"objectType":"annotation","name":"first","isLocked":true,)"
    R"("classification":{"name":"Tumor","color":[200,0,0]},"measurements":{"area":3}})"));
  CHECK(r.name == "first");
  REQUIRE(r.shapes.size() == 1);
  const auto& s = r.shapes[0];
  CHECK(s.kind == shape_kind::polygon);
  CHECK(is_near(s.geometry, {1, 1, 9, 1.5, 8, 9}));
  CHECK(s.z == 2);
  CHECK_FALSE(s.c);
  CHECK(s.t == 6);
  CHECK(s.locked);
  CHECK(s.text == "Tumor");
  CHECK(s.style.stroke == rgba{200, 0, 0, 255});
  const auto old = only(
    R"([{"type":"Feature","id":"PathAnnotationObject","geometry":{"type":"Point","coordinates":[3,4]},)"
    R"("properties":{"classification":{"name":"x","colorRGB":-3670016}}}])");
  CHECK(old.shapes[0].style.stroke == rgba{200, 0, 0, 255});
}

TEST_CASE("geojson: geometries become kinds") {
  auto kind_of = [](const std::string& geometry) {
    return only(feature(geometry)).shapes.at(0).kind;
  };
  CHECK(kind_of(R"({"type":"Polygon","coordinates":[[[0,0],[4,0],[4,3],[0,3],[0,0]]]})")
        == shape_kind::rectangle);
  CHECK(kind_of(R"({"type":"Polygon","coordinates":[[[0,0],[0,3],[4,3],[4,0],[0,0]]]})")
        == shape_kind::rectangle);
  CHECK(kind_of(R"({"type":"Polygon","coordinates":[[[0,0],[4,0],[4,3],[1,3],[0,0]]]})")
        == shape_kind::polygon);
  CHECK(kind_of(R"({"type":"LineString","coordinates":[[0,0],[4,0]]})")
        == shape_kind::line);
  CHECK(kind_of(R"({"type":"LineString","coordinates":[[0,0],[4,0],[4,4]]})")
        == shape_kind::polyline);
  const auto oval = only(feature(
    R"({"type":"Polygon","isEllipse":true,"coordinates":[[[0,5],[10,0],[20,5],[10,10],[0,5]]]})"));
  CHECK(oval.shapes[0].kind == shape_kind::ellipse);
  CHECK(is_near(oval.shapes[0].geometry, {10, 5, 10, 5}));
  CHECK(only(feature(R"({"type":"MultiPoint","coordinates":[[1,2],[3,4,0],[5,6]]})"))
          .shapes.size()
        == 3);
  CHECK(only(feature(R"({"type":"GeometryCollection","geometries":[)"
                     R"({"type":"Point","coordinates":[1,2]},)"
                     R"({"type":"LineString","coordinates":[[0,0],[4,0]]}]})"))
          .shapes.size()
        == 2);
  CHECK(only(R"({"type":"Point","coordinates":[1,2]})").shapes[0].kind
        == shape_kind::point);
}

TEST_CASE("geojson: holes and several parts come back as they were") {
  const std::string geometry =
    R"({"coordinates":[[[[0.0,0.0],[9.0,1.0],[9.0,9.0],[0.0,9.0],[0.0,0.0]],)"
    R"([[2.0,2.0],[3.0,2.0],[3.0,3.0],[2.0,2.0]]],)"
    R"([[[20.0,20.0],[30.0,21.0],[25.0,30.0],[20.0,20.0]]]],"type":"MultiPolygon"})";
  const auto r = only(feature(geometry));
  REQUIRE(r.shapes.size() == 2);
  const auto back = json::parse(write_geojson({"", ground, pixel_type::uint8, {r}}));
  REQUIRE(back.at("features").size() == 1);
  CHECK(back.at("features")[0].at("geometry") == json::parse(geometry));
}

TEST_CASE("geojson: a drawing is written and read again") {
  const auto d = every_kind();
  const auto text = write_geojson(d);
  const auto document = json::parse(text);
  CHECK(document.at("type") == "FeatureCollection");
  const auto& box = document.at("features").at(0);
  CHECK(box.at("properties").at("objectType") == "annotation");
  CHECK(box.at("properties").at("color") == json{255, 128, 0});
  CHECK(box.at("geometry").at("plane") == json{{"c", 1}, {"z", 4}, {"t", 6}});
  CHECK(document.at("features").at(1).at("geometry").at("isEllipse") == true);
  CHECK_FALSE(document.at("features").at(1).at("geometry").contains("plane"));

  const auto found = read_regions(text, ground);
  REQUIRE(found.rois.size() == d.rois.size());
  for (size_t i = 0; i < d.rois.size(); ++i) {
    CAPTURE(d.rois[i].name);
    CHECK(found.rois[i].name == d.rois[i].name);
    CHECK(found.rois[i].description == d.rois[i].description);
    REQUIRE(found.rois[i].shapes.size() == 1);
    const auto &was = d.rois[i].shapes[0], &is = found.rois[i].shapes[0];
    CHECK(is.z == was.z);
    CHECK(is.c == was.c);
    CHECK(is.t == was.t);
    CHECK(is.text == was.text);
    CHECK(is.locked == was.locked);
    CHECK(is.style.stroke == was.style.stroke);
    if (was.kind == shape_kind::mask) {
      CHECK(without_bridges(ring_of(is.geometry)).holes.size() == 1);
    } else if (was.kind == shape_kind::label) {
      CHECK(is.kind == shape_kind::point);
    } else {
      CHECK(is.kind == was.kind);
      CHECK(is_near(is.geometry, was.geometry));
    }
  }
}

TEST_CASE("geojson: shapes of two planes are two features") {
  roi r;
  r.shapes = {drawn(shape_kind::point, {1, 2}), drawn(shape_kind::point, {3, 4}),
              drawn(shape_kind::point, {5, 6})};
  r.shapes[2].t = 1;
  const auto document = json::parse(write_geojson({"", ground, pixel_type::uint8, {r}}));
  REQUIRE(document.at("features").size() == 2);
  CHECK(document.at("features")[0].at("geometry").at("type") == "MultiPoint");
  CHECK(document.at("features")[1].at("geometry").at("type") == "Point");
}

TEST_CASE("geojson: hostile text is refused") {
  for (auto bad : {R"({"type":"Point","coordinates":[NaN,1]})",
                   R"({"type":"Point","coordinates":[1e999,1]})",
                   R"({"type":"Point","coordinates":[1e300,1]})",
                   R"({"type":"Point","coordinates":["1","2"]})",
                   R"({"type":"Point","coordinates":[]})", R"({"type":"Point"})",
                   R"({"type":"Polygon","coordinates":[]})",
                   R"({"type":"Polygon","coordinates":[[[0,0],[1,1]]]})",
                   R"({"type":"Polygon","coordinates":{"a":1}})",
                   R"({"type":"LineString","coordinates":[[0,0]]})",
                   R"({"type":"Cloud","coordinates":[0,0]})",
                   R"({"type":"GeometryCollection","geometries":7})"}) {
    CAPTURE(bad);
    CHECK(refusal_of(feature(bad)) == errc::bad_request);
  }
  CHECK(refusal_of("{") == errc::bad_request);
  CHECK(refusal_of("[]") == errc::bad_request);
  CHECK(refusal_of("[1,2]") == errc::bad_request);
  CHECK(refusal_of(R"({"type":"FeatureCollection"})") == errc::bad_request);
  CHECK(refusal_of(R"({"type":"FeatureCollection","features":[{"type":"Feature"}]})")
        == errc::bad_request);
  CHECK(refusal_of(
          feature(R"({"type":"Point","coordinates":[1,1],"plane":{"z":99,"c":0,"t":0}})"))
        == errc::bad_request);
  CHECK(refusal_of(feature(
          R"({"type":"Point","coordinates":[1,1],"plane":{"z":1e30,"c":0,"t":0}})"))
        == errc::bad_request);
  CHECK(refusal_of(std::string(100'000, '[')) == errc::bad_request);
  std::string deep = R"({"type":"Point","coordinates":[1,2]})";
  for (int i = 0; i < 30; ++i)
    deep = R"({"type":"GeometryCollection","geometries":[)" + deep + "]}";
  CHECK(refusal_of(deep) == errc::bad_request);
}

TEST_CASE("geojson: what is wrong is told in words of ours") {
  const auto told = [](const std::string& text) -> std::string {
    try {
      read_regions(text, ground);
    } catch (const failure& e) {
      CHECK(e.code == errc::bad_request);
      return e.what();
    }
    return "";
  };
  CHECK(told(R"({"a":1,})") == "the GeoJSON is not well-formed at byte 8");
  CHECK(told(R"({"a":1e999})") == "the GeoJSON holds a number that is too large");
}

TEST_CASE("geojson: too many points are refused") {
  std::string points = "[0,0]";
  for (size_t i = 0; i < limits::most_points; ++i)
    points += ",[1,1]";
  CHECK(refusal_of(feature(R"({"type":"LineString","coordinates":[)" + points + "]}"))
        == errc::bad_request);
}

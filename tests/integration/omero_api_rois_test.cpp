// Regions and shapes of OMERO's JSON API, kind by kind.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// Somebody's image and a region of these shapes on it.
struct omero_drawing {
  omero_person who;
  int64_t image = 0, roi = 0;

  omero_drawing(const std::string& login, const json& shapes)
    : who{omero_newcomer("api.rois." + login, "private")},
      image{import_image(who.own, "cell.ome.tif", stack{}.bytes())} {
    const auto made = who.own.make(fmt::format("/api/v1/images/{}/rois", image),
                                   {{"rois", {{{"name", "cell"}, {"shapes", shapes}}}}});
    roi = made.at("created").at(0).at("id");
  }
  json data(const std::string& what) { return who.omero.data("/api/v0/m/" + what); }
};

/// The keys that say where a shape is.
json omero_shape_place(const json& shape) {
  json out = json::object();
  for (auto key : {"X", "Y", "Width", "Height", "RadiusX", "RadiusY", "X1", "Y1", "X2",
                   "Y2", "Points"})
    if (shape.contains(key))
      out[key] = shape.at(key);
  return out;
}

} // namespace

TEST_CASE("omero api rois: every kind of shape has its own words") {
  omero_drawing b{"kinds",
                  {{{"kind", "rectangle"}, {"geometry", {1, 2, 3, 4.5}}},
                   {{"kind", "ellipse"}, {"geometry", {10, 11, 2, 3}}},
                   {{"kind", "point"}, {"geometry", {5, 6}}},
                   {{"kind", "line"}, {"geometry", {1, 2, 3, 4}}},
                   {{"kind", "polyline"}, {"geometry", {1, 2, 3.5, 4}}},
                   {{"kind", "polygon"}, {"geometry", {1, 2, 3, 4, 5, 6}}},
                   {{"kind", "label"}, {"geometry", {7, 8}}, {"text", "here"}}}};
  const auto shapes = b.data(fmt::format("rois/{}/", b.roi)).at("shapes");
  const std::vector<std::pair<std::string, json>> expected{
    {"Rectangle", {{"X", 1.0}, {"Y", 2.0}, {"Width", 3.0}, {"Height", 4.5}}},
    {"Ellipse", {{"X", 10.0}, {"Y", 11.0}, {"RadiusX", 2.0}, {"RadiusY", 3.0}}},
    {"Point", {{"X", 5.0}, {"Y", 6.0}}},
    {"Line", {{"X1", 1.0}, {"Y1", 2.0}, {"X2", 3.0}, {"Y2", 4.0}}},
    {"Polyline", {{"Points", "1,2 3.5,4"}}},
    {"Polygon", {{"Points", "1,2 3,4 5,6"}}},
    {"Label", {{"X", 7.0}, {"Y", 8.0}}}};
  REQUIRE(shapes.size() == expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    CHECK(shapes.at(i).at("@type") == omero_type(expected[i].first));
    CHECK(omero_shape_place(shapes.at(i)) == expected[i].second);
  }
  CHECK(shapes.at(6).at("Text") == "here");
}

TEST_CASE("omero api rois: planes, colours, strokes and transforms") {
  omero_drawing b{"style",
                  {{{"kind", "rectangle"},
                    {"geometry", {1, 2, 3, 4}},
                    {"z", 1},
                    {"t", 0},
                    {"fill", 0x40000000},
                    {"stroke", 0xFFFF00FF},
                    {"text", "n1"},
                    {"transform", {1, 0.5, 0, 1, 10, 20}},
                    {"style", {{"strokeWidth", {{"value", 2}, {"unit", "pixel"}}}}}},
                   {{"kind", "point"}, {"geometry", {5, 6}}}}};
  const auto shapes = b.data(fmt::format("rois/?image={}", b.image)).at(0).at("shapes");
  const auto box = shapes.at(0);
  CHECK(box.at("TheZ") == 1);
  CHECK(box.at("TheT") == 0);
  CHECK(!box.contains("TheC"));
  CHECK(box.at("FillColor") == 1073741824);
  CHECK(box.at("StrokeColor") == -65281);
  CHECK(
    box.at("StrokeWidth")
    == json{
      {"@type", "TBD#LengthI"}, {"Unit", "PIXEL"}, {"Symbol", "pixel"}, {"Value", 2.0}});
  CHECK(box.at("Transform")
        == json{{"@type", omero_type("AffineTransform")},
                {"A00", 1.0},
                {"A10", 0.5},
                {"A01", 0.0},
                {"A11", 1.0},
                {"A02", 10.0},
                {"A12", 20.0}});
  CHECK(box.at("omero:details").at("permissions").at("canEdit") == true);
  for (auto key : {"TheZ", "TheT", "FillColor", "StrokeColor", "Transform", "Text"})
    CHECK_MESSAGE(!shapes.at(1).contains(key), key);
}

TEST_CASE("omero api rois: lists, single ones and links") {
  omero_drawing b{"links", {{{"kind", "point"}, {"geometry", {5, 6}}}}};
  const auto listed = b.data(fmt::format("images/{}/rois/", b.image)).at(0);
  CHECK(listed.at("@type") == omero_type("ROI"));
  CHECK(listed.at("Name") == "cell");
  const auto base = shared_server().url() + "/api/v0/m/";
  CHECK(listed.at("url:roi") == fmt::format("{}rois/{}/", base, b.roi));
  CHECK(!b.data(fmt::format("rois/{}/", b.roi)).contains("url:roi"));
  CHECK(b.data("rois/?owner=987654321").empty());
  const int64_t shape = listed.at("shapes").at(0).at("@id");
  CHECK(omero_ids(b.data("shapes/")) == omero_id_list{shape});
  CHECK(b.data(fmt::format("shapes/{}/", shape)).at("url:roi") == listed.at("url:roi"));
}

TEST_CASE("omero api rois: are deleted, whole or shape by shape") {
  omero_drawing b{"delete",
                  {{{"kind", "point"}, {"geometry", {5, 6}}},
                   {{"kind", "point"}, {"geometry", {7, 8}}}}};
  const auto path = fmt::format("/api/v0/m/rois/{}/", b.roi);
  const auto shapes = b.data(fmt::format("rois/{}/", b.roi)).at("shapes");
  const int64_t first = shapes.at(0).at("@id"), second = shapes.at(1).at("@id");
  CHECK(b.who.omero.remove(fmt::format("/api/v0/m/shapes/{}/", first)).status == 200);
  const auto gone = b.who.omero.remove(path);
  CHECK(gone.status == 200);
  CHECK(omero_ids(gone.document().at("data").at("shapes")) == omero_id_list{second});
  CHECK(b.who.omero.get(path).status == 404);
}

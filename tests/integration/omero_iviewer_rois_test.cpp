// Regions as OMERO's viewer saves and asks for them.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

json typed_shape(const std::string& type, json keys) {
  keys["@type"] = "http://www.openmicroscopy.org/Schemas/OME/2016-06#" + type;
  return keys;
}

json box_of(double x, const std::string& old_id) {
  return typed_shape("Rectangle", {{"X", x},
                                   {"Y", 12.5},
                                   {"Width", 10},
                                   {"Height", 5},
                                   {"TheZ", 2},
                                   {"TheT", 0},
                                   {"StrokeColor", -65281},
                                   {"Area", 50.0},
                                   {"Length", -1},
                                   {"oldId", old_id}});
}

struct drawing_table {
  omero_person who;
  int64_t image = 0;

  explicit drawing_table(const std::string& login)
    : who{omero_newcomer("iviewer." + login, "private")},
      image{import_image(who.own, "cell.ome.tif", stack{}.bytes())} {}

  /// As the viewer sends it: JSON called text.
  answer send(const std::string& body,
              const std::string& path = "/iviewer/persist_rois/") {
    return who.omero.send("POST", path + "?_=1700000000000", body,
                          "text/plain;charset=UTF-8",
                          {{"X-CSRFToken", who.omero.csrf()}});
  }
  json save(const json& rois) {
    const auto a = send(json{{"imageId", image}, {"rois", rois}}.dump());
    REQUIRE(a.status == 200);
    return a.document();
  }
  /// @returns "roi:shape" of a new one.
  std::string draw(const json& shape) {
    const auto saved = save({{"count", 1}, {"new", {shape}}});
    REQUIRE(!saved.contains("errors"));
    return saved.at("ids").at(shape.at("oldId").get<std::string>());
  }
  json rois() { return who.omero.data(fmt::format("/api/v0/m/rois/?image={}", image)); }
  json only_shape() {
    const auto all = rois();
    REQUIRE(all.size() == 1);
    REQUIRE(all.at(0).at("shapes").size() == 1);
    return all.at(0).at("shapes").at(0);
  }
};

int64_t roi_in(const std::string& name) {
  return std::stoll(name);
}
int64_t shape_in_name(const std::string& name) {
  return std::stoll(name.substr(name.find(':') + 1));
}

/// A region of several shapes, by our own API.
std::pair<int64_t, std::vector<int64_t>> draw_three(drawing_table& at) {
  auto shapes = json::array();
  for (int x : {1, 2, 3})
    shapes.push_back({{"kind", "point"}, {"geometry", {x, 4}}});
  const auto made = at.who.own.make(
    fmt::format("/api/v1/images/{}/rois", at.image),
    {{"rois", json::array({json{{"name", "three"}, {"shapes", shapes}}})}});
  return {made.at("created").at(0).at("id"),
          made.at("created").at(0).at("shapes").get<std::vector<int64_t>>()};
}

} // namespace

TEST_CASE("omero iviewer rois: every kind of shape comes back as it was drawn") {
  drawing_table at{"kinds"};
  const json kinds{
    typed_shape("Rectangle", {{"X", 1.5}, {"Y", 2}, {"Width", 3}, {"Height", 4.25}}),
    typed_shape("Ellipse", {{"X", 9}, {"Y", 8}, {"RadiusX", 3}, {"RadiusY", 2.5}}),
    typed_shape("Point", {{"X", 5.5}, {"Y", 6}}),
    typed_shape("Line",
                {{"X1", 1}, {"Y1", 2}, {"X2", 3}, {"Y2", 4.5}, {"MarkerEnd", "Arrow"}}),
    typed_shape("Polyline", {{"Points", "1,2 3,4 5.5,6"}, {"MarkerStart", "Arrow"}}),
    typed_shape("Polygon", {{"Points", "0,0 10,0 10,8.5"}}),
    typed_shape("Label", {{"X", 7}, {"Y", 8}, {"Text", "a label"}}),
  };
  json drawn = json::array();
  for (size_t i = 0; i < kinds.size(); ++i) {
    drawn.push_back(kinds[i]);
    drawn.back()["oldId"] = fmt::format("-1:-{}", i + 1);
  }
  const auto saved = at.save({{"count", drawn.size()}, {"new", drawn}});
  REQUIRE(!saved.contains("errors"));
  REQUIRE(saved.at("ids").size() == kinds.size());
  const auto rois = at.rois();
  REQUIRE(rois.size() == kinds.size());
  for (size_t i = 0; i < kinds.size(); ++i) {
    const auto& shape = rois.at(i).at("shapes").at(0);
    for (auto& [key, value] : kinds[i].items()) {
      INFO(kinds[i].at("@type"), " ", key);
      CHECK(shape.at(key) == value);
    }
    CHECK(!shape.contains("TheZ"));
    CHECK(shape.at("omero:details").at("permissions").at("canEdit") == true);
    CHECK(saved.at("ids").at(fmt::format("-1:-{}", i + 1))
          == fmt::format("{}:{}", rois.at(i).at("@id").get<int64_t>(),
                         shape.at("@id").get<int64_t>()));
  }
}

TEST_CASE("omero iviewer rois: what a shape looks like is kept") {
  drawing_table at{"style"};
  auto shape = box_of(1, "-1:-1");
  shape["FillColor"] = 1073741824;
  shape["StrokeWidth"] = {
    {"@type", "TBD#LengthI"}, {"Unit", "PIXEL"}, {"Symbol", "px"}, {"Value", 3.5}};
  shape["FontSize"] = {
    {"@type", "TBD#LengthI"}, {"Unit", "POINT"}, {"Symbol", "pt"}, {"Value", 12}};
  shape["FontFamily"] = "sans-serif";
  shape["FontStyle"] = "bold";
  shape["Text"] = "cell <1>";
  shape["Locked"] = true;
  shape["TheC"] = 1;
  shape["Transform"] = {{"@type", "S:AffineTransform"},
                        {"A00", 1},
                        {"A10", 0.5},
                        {"A01", 0},
                        {"A11", 2},
                        {"A02", 3},
                        {"A12", -4}};
  at.draw(shape);
  const auto kept = at.only_shape();
  CHECK(kept.at("FillColor") == 1073741824);
  CHECK(kept.at("StrokeColor") == -65281);
  CHECK(kept.at("StrokeWidth").at("Value") == 3.5);
  CHECK(kept.at("StrokeWidth").at("Unit") == "PIXEL");
  CHECK(kept.at("StrokeWidth").at("Symbol") == "pixel");
  CHECK(kept.at("FontSize").at("Unit") == "POINT");
  CHECK(kept.at("FontSize").at("Value") == 12);
  CHECK(kept.at("FontFamily") == "sans-serif");
  CHECK(kept.at("FontStyle") == "bold");
  CHECK(kept.at("Text") == "cell <1>");
  CHECK(kept.at("Locked") == true);
  CHECK(kept.at("TheZ") == 2);
  CHECK(kept.at("TheT") == 0);
  CHECK(kept.at("TheC") == 1);
  CHECK(kept.at("Transform").at("A10") == 0.5);
  CHECK(kept.at("Transform").at("A12") == -4);
  CHECK(!kept.contains("Area"));
}

TEST_CASE("omero iviewer rois: a changed shape loses what was not sent") {
  drawing_table at{"change"};
  auto shape = box_of(1, "-1:-1");
  shape["Text"] = "old";
  shape["Locked"] = true;
  const auto name = at.draw(shape);
  const auto saved = at.save({{"modified",
                               {typed_shape("Ellipse", {{"@id", shape_in_name(name)},
                                                        {"X", 1},
                                                        {"Y", 2},
                                                        {"RadiusX", 3},
                                                        {"RadiusY", 4},
                                                        {"oldId", name}})}}});
  CHECK(saved == json{{"ids", {{name, name}}}});
  const auto kept = at.only_shape();
  CHECK(kept.at("@id") == shape_in_name(name));
  CHECK(kept.at("@type").get<std::string>().ends_with("#Ellipse"));
  CHECK(kept.at("RadiusY") == 4);
  for (auto key : {"Text", "TheZ", "StrokeColor", "Width"})
    CHECK(!kept.contains(key));
  CHECK(kept.at("Locked") == false);
}

TEST_CASE("omero iviewer rois: a mask keeps its bits when it is changed") {
  drawing_table at{"mask"};
  const auto made = at.who.own.make(
    fmt::format("/api/v1/images/{}/rois", at.image),
    {{"rois",
      {{{"shapes",
         {{{"kind", "mask"}, {"geometry", {3, 4, 8, 2}}, {"mask", "qlU="}}}}}}}});
  const int64_t id = made.at("created").at(0).at("shapes").at(0);
  const auto saved = at.save({{"modified",
                               {typed_shape("Mask", {{"@id", id},
                                                     {"X", 3},
                                                     {"Y", 4},
                                                     {"Width", 8},
                                                     {"Height", 2},
                                                     {"FillColor", -1},
                                                     {"oldId", "1:1"}})}}});
  REQUIRE(!saved.contains("errors"));
  const auto roi = at.who.own.read(
    fmt::format("/api/v1/rois/{}", made.at("created").at(0).at("id").get<int64_t>()));
  CHECK(roi.at("shapes").at(0).at("mask") == "qlU=");
  CHECK(roi.at("shapes").at(0).at("fill") == 4294967295);
}

TEST_CASE("omero iviewer rois: shapes are deleted alone, regions with all of theirs") {
  drawing_table at{"delete"};
  const auto [roi, shapes] = draw_three(at);
  const auto other = at.draw(box_of(1, "-1:-1"));
  const auto key = std::to_string(roi);
  const auto first = fmt::format("{}:{}", roi, shapes[0]);
  CHECK(at.save({{"deleted", {{key, {first}}}}}) == json{{"ids", {{first, first}}}});
  CHECK(at.rois().at(0).at("shapes").size() == 2);
  // A key may come twice.
  const auto second = fmt::format("{}:{}", roi, shapes[1]),
             third = fmt::format("{}:{}", roi, shapes[2]);
  const auto body = fmt::format(
    R"({{"imageId":{},"rois":{{"empty_rois":{{"{}":["{}"],"{}":["{}"]}},"new_and_deleted":["-2:-5"]}}}})",
    at.image, key, second, key, third);
  CHECK(at.send(body).document() == json{{"ids", {{second, second}, {third, third}}}});
  const auto left = at.rois();
  REQUIRE(left.size() == 1);
  CHECK(left.at(0).at("@id") == roi_in(other));
  // The last shape takes its region along.
  CHECK(at.save({{"deleted", {{std::to_string(roi_in(other)), {other}}}}})
        == json{{"ids", {{other, other}}}});
  CHECK(at.rois().empty());
}

TEST_CASE("omero iviewer rois: one name for all new shapes stores each of them") {
  drawing_table at{"names"};
  const auto saved =
    at.save({{"new", {box_of(1, "0:0"), box_of(2, "0:0"), box_of(3, "0:0")}}});
  CHECK(saved.at("ids").size() == 1);
  CHECK(at.rois().size() == 3);
}

TEST_CASE("omero iviewer rois: what fails is told, the rest is done") {
  drawing_table at{"errors"};
  const auto name = at.draw(box_of(1, "-1:-1"));
  auto changed = box_of(5, name);
  changed["@id"] = shape_in_name(name);
  const auto saved = at.save({{"new", {typed_shape("Circle", {{"oldId", "-2:-2"}})}},
                              {"modified", {changed}},
                              {"empty_rois", {{"999999999", {"999999999:1"}}}}});
  CHECK(saved.at("ids") == json{{name, name}});
  REQUIRE(saved.at("errors").size() == 2);
  CHECK(saved.at("errors").at(0).get<std::string>().find("Circle") != std::string::npos);
  CHECK(saved.at("errors").at(1).get<std::string>().find("999999999")
        != std::string::npos);
  CHECK(at.only_shape().at("X") == 5);
}

TEST_CASE("omero iviewer rois: a body that cannot be read is told so") {
  drawing_table at{"bad"};
  for (auto body : {"", "{", "[]", R"({"rois":{}})", R"({"imageId":1})",
                    R"({"imageId":"1","rois":{}})", R"({"imageId":1,"rois":[]})",
                    R"({"imageId":999999999,"rois":{"new":[]}})",
                    R"({"imageId":1,"rois":{"deleted":{"x":["1:1"]}}})",
                    R"({"imageId":1,"rois":{"new":{}}})"}) {
    CAPTURE(body);
    const auto a = at.send(body);
    CHECK(a.status == 200);
    CHECK(a.document().at("errors").size() == 1);
  }
  CHECK(at.who.omero.read("/iviewer/persist_rois/")
        == json{{"errors", {"Use HTTP POST to send data!"}}});
  const auto unproven =
    at.who.omero.send("POST", "/iviewer/persist_rois", "{}", "text/plain");
  CHECK(unproven.status == 403);
}

TEST_CASE("omero iviewer rois: nobody draws on what is not theirs") {
  drawing_table at{"foreign"};
  const auto name = at.draw(box_of(1, "-1:-1"));
  auto other = omero_newcomer("iviewer.foreign.other", "private");
  const auto a = other.omero.send(
    "POST", "/iviewer/persist_rois",
    json{{"imageId", at.image},
         {"rois", {{"empty_rois", {{std::to_string(roi_in(name)), {name}}}}}}}
      .dump(),
    "text/plain", {{"X-CSRFToken", other.omero.csrf()}});
  CHECK(a.document().contains("errors"));
  CHECK(at.rois().size() == 1);
}

TEST_CASE("omero iviewer rois: those of a plane, with all their shapes, page by page") {
  drawing_table at{"planes"};
  auto on = [&](int z, int t) {
    auto s = box_of(z + t, fmt::format("-{}:-{}", z + 1, t + 1));
    s["TheZ"] = z;
    s["TheT"] = t;
    return roi_in(at.draw(s));
  };
  const auto a = on(0, 0), b = on(1, 0), d = on(2, 1);
  const auto [everywhere, points] = draw_three(at);
  auto listed = [&](const std::string& planes, const std::string& query = "") {
    const auto found = at.who.omero.read(
      fmt::format("/iviewer/rois_by_plane/{}/{}/{}", at.image, planes, query));
    std::vector<int64_t> ids;
    for (auto& roi : found.at("data"))
      ids.push_back(roi.at("@id"));
    return std::pair{ids, found.at("meta").at("totalCount").get<int64_t>()};
  };
  using listing = std::pair<std::vector<int64_t>, int64_t>;
  CHECK(listed("0/0") == listing{{a, everywhere}, 2});
  CHECK(listed("1/1") == listing{{everywhere}, 1});
  CHECK(listed("0-1/0") == listing{{a, b, everywhere}, 3});
  CHECK(listed("0-2/0-1") == listing{{a, b, d, everywhere}, 4});
  CHECK(listed("0-2/0-1", "?limit=1&offset=2") == listing{{d}, 4});
  CHECK(at.who.omero.get(fmt::format("/iviewer/rois_by_plane/{}/x/0/", at.image)).status
        == 404);

  CHECK(at.who.omero.data(fmt::format("/iviewer/plane_shape_counts/{}/", at.image))
        == json{{4, 3}, {4, 3}, {3, 4}});
  const auto missing = at.who.omero.get("/iviewer/plane_shape_counts/999999999/");
  CHECK(missing.status == 404);
  CHECK(missing.document().contains("error"));

  auto page = [&](const std::string& what, int64_t id) {
    return at.who.omero.read(fmt::format("/iviewer/{}/{}/page_data/", what, id));
  };
  CHECK(page("roi", d)
        == json{{"image", {{"id", at.image}}},
                {"roi", {{"id", d}}},
                {"roi_index", 2},
                {"roi_count", 4}});
  const auto shape = at.rois().at(2).at("shapes").at(0).at("@id").get<int64_t>();
  CHECK(page("shape", shape)
        == json{{"image", {{"id", at.image}}},
                {"roi", {{"id", d}}},
                {"roi_index", 0},
                {"roi_count", 2},
                {"theZ", 2},
                {"theT", 1}});
  const auto free = page("shape", points[1]);
  CHECK(free.at("theZ").is_null());
  CHECK(free.at("roi_index") == 3);
  CHECK(at.who.omero.get("/iviewer/roi/999999999/page_data/").status == 404);
}

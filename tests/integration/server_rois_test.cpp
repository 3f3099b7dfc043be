// Regions over the web: drawn, changed, measured, and as files of other programs.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

json box_shape(double x, double y, double width, double height) {
  return {{"kind", "rectangle"}, {"geometry", {x, y, width, height}}};
}

json drawing_of(json shape, const std::string& name = "cell") {
  json roi{{"name", name}, {"shapes", json::array({std::move(shape)})}};
  return {{"rois", json::array({std::move(roi)})}};
}

struct desk_of {
  api who;
  int64_t image = import_image(who, "cell.ome.tif", stack{}.bytes());

  explicit desk_of(const std::string& login)
    : who{shared_server().add_user("roi." + login)} {}

  std::string of_image(const std::string& what) const {
    return fmt::format("/api/v1/images/{}/{}", image, what);
  }
  json draw(const json& shape, const std::string& name = "cell") {
    const auto a = who.post(of_image("rois"), drawing_of(shape, name));
    REQUIRE(a.status == 201);
    return a.document().at("created").at(0);
  }
  json roi(const json& drawn) {
    return who.read(fmt::format("/api/v1/rois/{}", drawn.at("id").get<int64_t>()));
  }
};

std::string path_of(const json& drawn) {
  return fmt::format("/api/v1/rois/{}", drawn.at("id").get<int64_t>());
}

std::string shape_path(const json& drawn, size_t i = 0) {
  return fmt::format("/api/v1/shapes/{}", drawn.at("shapes").at(i).get<int64_t>());
}

/// A request with bytes or a header that the api's own words cannot say.
answer send(const api& who, const std::string& method, const std::string& path,
            const std::string& bytes, const std::string& type,
            const std::string& version = "") {
  httplib::Client http{shared_server().url()};
  httplib::Request request;
  request.method = method;
  request.path = path;
  request.body = bytes;
  request.headers = {{"Authorization", "Bearer " + who.token()}};
  if (!type.empty())
    request.headers.emplace("Content-Type", type);
  if (!version.empty())
    request.headers.emplace("If-Match", version);
  const auto got = http.send(request);
  REQUIRE(got);
  return {got->status, got->body, got->headers};
}

answer import_file(desk_of& d, const std::string& bytes) {
  return send(d.who, "POST", d.of_image("rois/file"), bytes, "application/octet-stream");
}

} // namespace

TEST_CASE("rois: one is drawn, changed and deleted at its own address") {
  desk_of d{"ada"};
  auto shape = box_shape(1, 2, 3, 4);
  shape.update({{"z", 1},
                {"t", 0},
                {"text", "first"},
                {"stroke", 0xFF0000FF},
                {"style", {{"strokeWidth", {{"value", 2}, {"unit", "pixel"}}}}}});
  const auto drawn = d.draw(shape);
  auto roi = d.roi(drawn);
  CHECK(roi.at("version") == 1);
  CHECK(roi.at("shapes").at(0).at("stroke") == 0xFF0000FF);
  CHECK(roi.at("shapes").at(0).at("bounds") == json{1, 2, 4, 6});
  CHECK(roi.at("shapes").at(0).at("style").at("strokeWidth").at("value") == 2);
  CHECK(roi.at("rights").size() >= 3);
  CHECK(d.who.read(d.of_image("rois")).at("total") == 1);

  CHECK(d.who.change(path_of(drawn), {{"name", "nucleus"}, {"version", 1}})
          .document()
          .at("version")
        == 2);
  const auto late = d.who.change(path_of(drawn), {{"name", "late"}, {"version", 1}});
  CHECK(late.status == 409);
  CHECK(late.document().at("detail").get<std::string>().find("version 2")
        != std::string::npos);
  CHECK(
    send(d.who, "PATCH", path_of(drawn), R"({"name":"x"})", "application/json", "\"1\"")
      .status
    == 409);
  CHECK(send(d.who, "DELETE", path_of(drawn), "", "", "1").status == 409);
  CHECK(send(d.who, "DELETE", path_of(drawn), "", "", "one").status == 400);
  CHECK(d.roi(drawn).at("name") == "nucleus");
  CHECK(send(d.who, "DELETE", path_of(drawn), "", "", "\"2\"").status == 204);
  CHECK(d.who.get(path_of(drawn)).status == 404);
  CHECK(d.who.read("/api/v1/trash").at("items").at(0).at("counts").at("roi") == 1);
}

TEST_CASE("rois: one shape is added, replaced, taken out") {
  desk_of d{"bert"};
  const auto drawn = d.draw(box_shape(1, 2, 3, 4));
  const auto added =
    d.who.post(path_of(drawn) + "/shapes", {{"kind", "point"}, {"geometry", {5, 6}}});
  REQUIRE(added.status == 201);
  CHECK(d.roi(drawn).at("shapes").size() == 2);
  CHECK(d.who.put(shape_path(drawn), {{"kind", "line"}, {"geometry", {1, 1, 2, 2}}})
          .document()
          .at("version")
        == 3);
  CHECK(d.roi(drawn).at("shapes").at(0).at("kind") == "line");
  CHECK(d.who.remove(shape_path(added.document())).status == 200);
  CHECK(d.who.remove(shape_path(drawn)).status == 409); // the last
  CHECK(d.who.remove("/api/v1/shapes/987654321").status == 404);
}

TEST_CASE("rois: many in one request, with what became of each") {
  desk_of d{"cleo"};
  const auto one = d.draw(box_shape(1, 2, 3, 4)), two = d.draw(box_shape(5, 6, 3, 4));
  const json fresh{{"shapes", json::array({box_shape(7, 8, 1, 1)})}},
    change{{"id", one.at("id")}, {"version", 1}, {"name", "a"}},
    late{{"id", two.at("id")}, {"version", 7}, {"name", "b"}}, absent{{"id", 987654321}};
  const auto done =
    d.who.post("/api/v1/drawings", {{"image", d.image},
                                    {"create", json::array({fresh})},
                                    {"change", json::array({change, late})},
                                    {"delete", json::array({absent})}});
  REQUIRE(done.status == 200);
  const auto r = done.document();
  CHECK(r.at("created").size() == 1);
  CHECK(r.at("changed").at(0).at("id") == one.at("id"));
  CHECK(r.at("refused").size() == 2);
  CHECK(r.at("refused").at(0).at("error") == "conflict");
  CHECK(r.at("trash").is_null());
}

TEST_CASE("rois: a refusal names the field") {
  desk_of d{"dora"};
  auto complaint = [&](const json& shape) -> std::string {
    const auto a = d.who.post(d.of_image("rois"), drawing_of(shape));
    CHECK(a.status == 400);
    return a.document().at("detail");
  };
  auto names = [](const std::string& words, const char* field) {
    CAPTURE(words);
    return words.starts_with(std::string{"rois[0].shapes[0]"} + field);
  };
  CHECK(names(complaint(7), " is no object"));
  CHECK(names(complaint({{"kind", "cloud"}, {"geometry", {1, 2}}}), ".kind"));
  CHECK(names(complaint({{"kind", "point"}}), ".geometry is missing"));
  CHECK(names(complaint({{"kind", "point"}, {"geometry", json::array({1})}}),
              ".geometry has 1"));
  CHECK(names(complaint({{"kind", "point"}, {"geometry", {1, "2"}}}), ".geometry"));
  CHECK(names(complaint({{"kind", "point"}, {"geometry", {1, 1e300}}}), ".geometry[1]"));
  auto with = [](const char* name, const json& value) {
    auto s = box_shape(1, 2, 3, 4);
    s[name] = value;
    return s;
  };
  CHECK(names(complaint(with("z", 3)), ".z is 3"));
  CHECK(names(complaint(with("z", -1)), ".z"));
  CHECK(names(complaint(with("t", 1.5)), ".t"));
  CHECK(names(complaint(with("stroke", 4294967296)), ".stroke"));
  CHECK(names(complaint(with("fill", "red")), ".fill"));
  CHECK(names(complaint(with("mask", "AA==")), ".mask"));
  CHECK(names(complaint(with("mask", "!")), ".mask"));
  CHECK(names(complaint(with("transform", {1, 2, 3})), ".transform"));
  CHECK(names(complaint(with("locked", "yes")), ".locked"));
  CHECK(names(complaint(with("text", 7)), ".text"));
  CHECK(names(complaint(with("style", 7)), ".style"));
  CHECK(names(complaint(with("style", {{"strokeWidth", 7}})), ".style.strokeWidth"));
  CHECK(names(complaint(with("style", {{"fontSize", {{"value", -1}}}})),
              ".style.fontSize.value"));
  CHECK(d.who.post(d.of_image("rois"), {{"rois", json::array()}}).status == 400);
  CHECK(
    d.who.post(d.of_image("rois"), {{"rois", json::array({json{{"name", "x"}}})}}).status
    == 400);
  CHECK(d.who.read(d.of_image("rois")).at("total") == 0);
}

TEST_CASE("rois: what is in view, and where they crowd") {
  desk_of d{"emil"};
  json rois = json::array();
  for (int i = 0; i < 12; ++i)
    rois.push_back(json{{"shapes", json::array({box_shape(5.0 * i, 10, 2, 2)})}});
  REQUIRE(d.who.post(d.of_image("rois"), {{"rois", rois}}).status == 201);
  const auto part = d.who.read(d.of_image("shapes?x=0&y=0&width=11&height=40&z=1"));
  CHECK(part.at("total") == 3);
  CHECK(part.at("items").at(0).contains("roi"));
  CHECK(part.at("clusters").is_null());
  const auto crowd = d.who.read(d.of_image("shapes?cells=2&most=11"));
  CHECK(crowd.at("items").empty());
  CHECK(crowd.at("clusters").at("cells").size() == 2);
  CHECK(crowd.at("clusters").at("cells").at(0).at("count") == 6);
  CHECK(d.who.get(d.of_image("shapes?x=0")).status == 400);
  CHECK(d.who.get(d.of_image("shapes?x=0&y=0&width=-1&height=1")).status == 400);
}

TEST_CASE("rois: stored shapes are measured, each on its plane") {
  desk_of d{"fred"};
  const stack s;
  auto on_plane = box_shape(10, 20, 2, 1);
  on_plane.update({{"z", 2}, {"t", 1}});
  auto one_channel = box_shape(4, 4, 1, 1);
  one_channel["c"] = 1;
  // Twice as wide by its transform.
  auto wide = box_shape(5, 20, 1, 1);
  wide["transform"] = {2, 0, 0, 1, 0, 0};
  const json mask{
    {"kind", "mask"}, {"geometry", {10, 10, 3, 3}}, {"mask", "94A="}}; // but the middle
  std::vector<int64_t> ids;
  for (auto& shape : {on_plane, one_channel, wide, mask})
    ids.push_back(d.draw(shape).at("shapes").at(0));
  const auto r =
    d.who.make(d.of_image("roi-statistics"), {{"shapes", ids}, {"z", 0}, {"t", 0}})
      .at("shapes");
  REQUIRE(r.size() == 4);
  CHECK(r[0].at("id") == ids[0]);
  CHECK(r[0].at("z") == 2);
  CHECK(r[0].at("channels").size() == 2);
  const auto a = s.sample(10, 20, 2, 0, 1), b = s.sample(11, 20, 2, 0, 1);
  CHECK(r[0].at("channels")[0].at("points") == 2);
  CHECK(r[0].at("channels")[0].at("sum") == a + b);
  CHECK(r[0].at("channels")[0].at("mean") == (a + b) / 2.0);
  CHECK(r[0].at("channels")[0].at("min") == a);
  CHECK(r[0].at("channels")[0].at("max") == b);
  REQUIRE(r[1].at("channels").size() == 1);
  CHECK(r[1].at("channels")[0].at("channel") == 1);
  CHECK(r[1].at("channels")[0].at("mean") == s.sample(4, 4, 0, 1, 0));
  CHECK(r[2].at("channels")[0].at("sum")
        == s.sample(10, 20, 0, 0, 0) + s.sample(11, 20, 0, 0, 0));
  int64_t sum = 0;
  for (int y = 10; y < 13; ++y)
    for (int x = 10; x < 13; ++x)
      if (x != 11 || y != 11)
        sum += s.sample(x, y, 0, 0, 0);
  CHECK(r[3].at("channels")[0].at("points") == 8);
  CHECK(r[3].at("channels")[0].at("sum") == sum);
  CHECK(d.who.post(d.of_image("roi-statistics"), {{"shapes", json::array({987654321})}})
          .status
        == 404);
  CHECK(d.who.post(d.of_image("roi-statistics"), {{"shapes", json::array()}}).status
        == 400);
}

TEST_CASE("rois: files of other programs, out and in again") {
  for (auto format : {"geojson", "ome-xml", "imagej-zip", "csv"}) {
    CAPTURE(format);
    desk_of d{std::string{"file."} + format};
    auto box = box_shape(1.5, 2.5, 10, 20);
    box.update({{"z", 1}, {"c", 1}, {"t", 1}, {"stroke", 0x00FF00FF}});
    d.draw(box, "box");
    d.draw({{"kind", "ellipse"}, {"geometry", {20, 20, 5, 6}}}, "oval");
    d.draw({{"kind", "polygon"}, {"geometry", {1, 1, 9, 2.5, 8, 9}}}, "cell");
    d.draw({{"kind", "polyline"}, {"geometry", {1, 1, 5, 6, 9, 2}}}, "path");
    d.draw({{"kind", "point"}, {"geometry", {7, 8}}}, "spot");
    const auto file = d.who.get(d.of_image(fmt::format("rois/file?format={}", format)));
    REQUIRE(file.status == 200);
    CHECK(file.header("Content-Disposition").starts_with("attachment; filename"));
    const auto in = import_file(d, file.body);
    CAPTURE(in.body);
    REQUIRE(in.status == 201);
    CHECK(in.document().at("created") == 5);
    CHECK(in.document().at("warnings").empty());
    const auto all = d.who.read(d.of_image("rois")).at("items");
    REQUIRE(all.size() == 10);
    for (size_t i = 0; i < 5; ++i) {
      CHECK(all[i].at("name") == all[i + 5].at("name"));
      const auto &was = all[i].at("shapes").at(0), &is = all[i + 5].at("shapes").at(0);
      for (auto member : {"kind", "z", "c", "t", "geometry", "bounds", "stroke"})
        CHECK(is.at(member) == was.at(member));
    }
  }
}

TEST_CASE("rois: files that are none are refused, and change nothing") {
  desk_of d{"gina"};
  for (auto bytes : {"", "hello", "{", "Iout", "PK\x03\x04", "<OME"})
    CHECK(import_file(d, bytes).status / 100 == 4);
  CHECK(send(d.who, "POST", d.of_image("rois/file"), "{}", "text/plain").status == 400);
  CHECK(d.who.get(d.of_image("rois/file?format=svg")).status == 400);
  CHECK(d.who.get(d.of_image("rois/file?format=imagej")).status
        == 409); // none is not one
  CHECK(d.who.read(d.of_image("rois")).at("total") == 0);
}

TEST_CASE("rois: a stranger finds nothing to draw on, change or read") {
  desk_of d{"hugo"};
  const auto drawn = d.draw(box_shape(1, 2, 3, 4));
  auto stranger = shared_server().add_user("roi.stranger");
  CHECK(stranger.post(d.of_image("rois"), drawing_of(box_shape(1, 1, 1, 1))).status
        == 404);
  CHECK(stranger.get(path_of(drawn)).status == 404);
  CHECK(stranger.change(path_of(drawn), {{"name", "mine"}}).status == 404);
  CHECK(stranger.remove(path_of(drawn)).status == 404);
  CHECK(stranger.put(shape_path(drawn), box_shape(1, 1, 1, 1)).status == 404);
  CHECK(stranger.get(d.of_image("shapes")).status == 404);
  CHECK(stranger.get(d.of_image("rois/file")).status == 404);
  CHECK(
    stranger.post(d.of_image("roi-statistics"), {{"shapes", drawn.at("shapes")}}).status
    == 404);
  CHECK(send(stranger, "POST", d.of_image("rois/file"), "{}", "application/octet-stream")
          .status
        == 404);
  CHECK(d.roi(drawn).at("version") == 1);
}

TEST_CASE("rois: who may draw, change and delete, at each level of a group") {
  struct rule {
    const char* actor;
    int draw, change, remove;
  };
  const std::vector<std::pair<std::string, std::vector<rule>>> levels{
    {"private",
     {{"owner", 201, 200, 204},
      {"member", 404, 404, 404},
      {"leader", 403, 200, 204},
      {"admin", 403, 200, 204}}},
    {"read-annotate",
     {{"owner", 201, 200, 204},
      {"member", 201, 403, 403},
      {"leader", 201, 200, 204},
      {"admin", 201, 200, 204}}},
    {"read-write",
     {{"owner", 201, 200, 204},
      {"member", 201, 200, 204},
      {"leader", 201, 200, 204},
      {"admin", 201, 200, 204}}}};
  auto& server = shared_server();
  auto& root = server.root();
  for (auto& [level, rules] : levels) {
    const int64_t group =
      root.make("/api/v1/groups", {{"name", "roi " + level}, {"level", level}}).at("id");
    auto join = [&, level = level](const std::string& actor) {
      const auto login = fmt::format("roi.{}.{}", level, actor);
      const int64_t id =
        root
          .make(
            "/api/v1/accounts",
            {{"login", login}, {"password", running_server::password}, {"group", group}})
          .at("id");
      const auto member = fmt::format("/api/v1/groups/{}/members/{}", group, id);
      if (actor == "leader")
        REQUIRE(root.put(member, {{"leader", true}}).status == 200);
      return server.signed_in(login);
    };
    auto owner = join("owner"), member = join("member"), leader = join("leader");
    const auto image = import_image(owner, "cell.ome.tif", stack{}.bytes());
    const auto rois = fmt::format("/api/v1/images/{}/rois", image);
    for (auto& r : rules) {
      CAPTURE(level);
      CAPTURE(r.actor);
      const std::string name = r.actor;
      auto& who = name == "owner"    ? owner
                  : name == "member" ? member
                  : name == "leader" ? leader
                                     : root;
      const auto drawn = owner.make(rois, drawing_of(box_shape(1, 2, 3, 4)));
      const auto path = path_of(drawn.at("created").at(0));
      CHECK(who.post(rois, drawing_of(box_shape(5, 6, 3, 4))).status == r.draw);
      CHECK(who.change(path, {{"name", "mine"}}).status == r.change);
      CHECK(owner.read(path).at("version") == (r.change == 200 ? 2 : 1));
      CHECK(who.remove(path).status == r.remove);
      CHECK(owner.get(path).status == (r.remove == 204 ? 404 : 200));
    }
  }
}

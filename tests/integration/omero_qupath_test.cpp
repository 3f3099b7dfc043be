// Everything that QuPath asks of OMERO, in its order.

#include "storage/formats/reader.hpp"
#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

using namespace troupe::test;

namespace {

/// One who works on slides: an RGB picture and a pyramid in a dataset of a project.
struct slide_user {
  std::string login;
  omero_person who;
  int64_t project = 0, dataset = 0, rgb = 0, slide = 0;

  explicit slide_user(const std::string& name)
    : login{"qupath." + name},
      who{omero_newcomer(login, "read-annotate")} {
    project = who.own.make("/api/v1/projects", {{"name", "slides"}}).at("id");
    dataset =
      who.own.make("/api/v1/datasets", {{"name", "stained"}, {"project", project}})
        .at("id");
    rgb = import_image(who.own, "colours.png", picture_specimen{600, 500}.png(),
                       {.dataset = dataset});
    slide = import_image(who.own, "levels.tif", pyramid{}.bytes(), {.dataset = dataset});
  }

  /// The header that it sends with all that changes something.
  httplib::Headers headers() {
    return {{"X-CSRFToken", who.omero.csrf()},
            {"Referer", shared_server().url() + "/webclient/"}};
  }
  answer post(const std::string& path, const std::string& body,
              const std::string& type = "application/json") {
    return who.omero.send("POST", path, body, type, headers());
  }
};

std::string path_of_link(const json& links, const char* name) {
  const auto link = links.at(std::string{"url:"} + name).get<std::string>();
  const auto& server = shared_server().url();
  REQUIRE(link.starts_with(server));
  return link.substr(server.size());
}

} // namespace

TEST_CASE("omero qupath: finds its way from /api/ and signs in") {
  slide_user at{"sign-in"};
  auto visitor = omero_client{shared_server().url()};
  const auto versions = visitor.data("/api/");
  const auto links = visitor.read(path_of_link(versions.back(), "base"));
  for (auto name : {"experimenters", "experimentergroups", "projects", "datasets",
                    "images", "screens", "plates", "token", "servers", "login"})
    CHECK(links.at(std::string{"url:"} + name).is_string());
  const auto server = visitor.data(path_of_link(links, "servers")).at(0);
  CHECK(server.at("id").is_number_integer());
  CHECK(server.at("host").is_string());
  CHECK(server.at("port").is_number_integer());
  const auto token = visitor.data(path_of_link(links, "token")).get<std::string>();

  const auto login = path_of_link(links, "login");
  auto sign_in = [&](const std::string& name, const std::string& word) {
    return visitor
      .send("POST", login,
            fmt::format("server=1&username={}&password={}", escaped(name), escaped(word)),
            "application/x-www-form-urlencoded",
            {{"X-CSRFToken", token}, {"Referer", shared_server().url() + login}})
      .document();
  };
  const auto first = sign_in(at.login, running_server::password).at("eventContext");
  CHECK(first.at("userId") == at.who.id);
  CHECK(first.at("groupId") == at.who.group);
  CHECK(first.at("isAdmin") == false);
  CHECK(first.at("leaderOfGroups").is_array());
  // Later it signs in again by its session, with the token it has.
  const auto session = first.at("sessionUuid").get<std::string>();
  CHECK(sign_in(session, session).at("eventContext").at("userId") == at.who.id);
  const auto ping = visitor.get("/webclient/keepalive_ping/");
  CHECK(ping.status == 200);
  CHECK(ping.body == "OK");
}

TEST_CASE("omero qupath: groups with their levels and members") {
  slide_user at{"groups"};
  const auto groups = at.who.omero.data(
    fmt::format("/api/v0/m/experimenters/{}/experimentergroups/", at.who.id));
  bool found = false;
  for (auto& group : groups) {
    const auto rights = group.at("omero:details").at("permissions");
    if (group.at("@id") != at.who.group)
      continue;
    found = true;
    CHECK(rights.at("isGroupRead") == true);
    CHECK(rights.at("isGroupWrite") == false);
    CHECK(rights.at("isGroupAnnotate") == true);
    const auto members = at.who.omero.data(path_of_link(group, "experimenters"));
    CHECK(members.at(0).at("@id") == at.who.id);
  }
  CHECK(found);
}

TEST_CASE("omero qupath: lists page by page, with counts, owners and groups") {
  slide_user at{"lists"};
  const auto projects = at.who.omero.read(
    fmt::format("/api/v0/m/projects/?normalize=true&childCount=true&owner={}&group={}",
                at.who.id, at.who.group));
  const auto& project = projects.at("data").at(0);
  CHECK(project.at("@id") == at.project);
  CHECK(project.at("omero:childCount") == 1);
  CHECK(project.at("omero:details").at("owner").at("@id") == at.who.id);
  CHECK(project.at("omero:details").at("group").at("@id") == at.who.group);
  CHECK(projects.at("meta").at("totalCount") == 1);
  CHECK(projects.at("meta").at("limit").get<int>() > 0);
  const auto datasets = at.who.omero.data(fmt::format(
    "/api/v0/m/projects/{}/datasets/?normalize=true&childCount=true", at.project));
  CHECK(datasets.at(0).at("omero:childCount") == 2);
  std::vector<std::string> names;
  for (int offset = 0, total = 1; offset < total; ++offset) {
    const auto page = at.who.omero.read(
      fmt::format("/api/v0/m/datasets/{}/images/?normalize=true&limit=1&offset={}",
                  at.dataset, offset));
    total = page.at("meta").at("totalCount");
    const auto& image = page.at("data").at(0);
    names.push_back(image.at("Name"));
    CHECK(image.at("Pixels").at("Type").at("value") == "uint8");
    CHECK(image.at("Pixels").at("SizeX").get<int>() > 0);
  }
  CHECK(names == std::vector<std::string>{"colours.png", "levels.tif"});
  // Single ones without the slash at the end.
  CHECK(
    at.who.omero.data(fmt::format("/api/v0/m/datasets/{}?childCount=true", at.dataset))
      .at("omero:childCount")
    == 2);
  CHECK(
    at.who.omero.data("/api/v0/m/datasets/?orphaned=true&normalize=true&childCount=true")
      .empty());
}

TEST_CASE("omero qupath: describes an image, and saves how it is shown") {
  slide_user at{"shown"};
  const auto path = fmt::format("/webgateway/imgData/{}/", at.slide);
  const auto data = at.who.omero.read(path);
  CHECK(data.at("size").at("width") == 1500);
  CHECK(data.at("meta").at("pixelsType") == "uint8");
  CHECK(data.at("tile_size").at("width") == 256);
  CHECK(data.at("levels") == 4);
  CHECK(data.at("zoomLevelScaling").at("0") == 1.0);
  CHECK(data.at("zoomLevelScaling").at("1").get<double>() == doctest::Approx(0.5));
  CHECK(data.contains("pixel_size"));

  const auto saved = at.post(
    fmt::format("/webgateway/saveImgRDef/{}/?m=g&z=1&t=1&c=1|10.450000:200.250000$00FF00"
                "&maps=[{{%22inverted%22:{{%22enabled%22:false}}}}]",
                at.slide),
    "");
  CHECK(saved.status == 200);
  CHECK(saved.body == "true");
  const auto now = at.who.omero.read(path).at("channels").at(0);
  CHECK(now.at("window").at("start") == 10.45);
  CHECK(now.at("window").at("end") == 200.25);
  CHECK(now.at("color") == "00FF00");
}

TEST_CASE("omero qupath: tiles of an RGB picture are cut at the edge, thumbnails fit") {
  slide_user at{"tiles"};
  auto tile = [&](int x, int y) {
    const auto a = at.who.omero.get(
      fmt::format("/webgateway/render_image_region/{}/0/0/?tile=0,{},{},512,512"
                  "&c=1|0:255$FF0000,2|0:255$00FF00,3|0:255$0000FF&m=c&q=0.9",
                  at.rgb, x, y));
    REQUIRE(a.status == 200);
    return decode_jpeg(a.body);
  };
  const picture_specimen made{600, 500};
  const auto first = tile(0, 0);
  CHECK(first.width == 512);
  CHECK(first.height == 500);
  for (int c = 0; c < 3; ++c)
    CHECK(std::abs(first.at(12, 10, c) - made.sample(12, 10, c)) < 12);
  const auto edge = tile(1, 0);
  CHECK(edge.width == 88);
  CHECK(edge.height == 500);
  const auto small =
    at.who.omero.get(fmt::format("/webgateway/render_thumbnail/{}/64/", at.rgb));
  const auto thumbnail = decode_jpeg(small.body);
  CHECK(std::max(thumbnail.width, thumbnail.height) == 64);
}

TEST_CASE("omero qupath: raw samples, whose levels count from the smallest") {
  slide_user at{"raw"};
  const pyramid made;
  CHECK(at.who.omero.send("OPTIONS", "/tile", "", "").status == 200);
  auto samples = [&](int resolution, const std::string& where) {
    const auto a = at.who.omero.get(fmt::format(
      "/tile/{}/0/0/0?{}&format=tif&resolution={}", at.slide, where, resolution));
    REQUIRE(a.status == 200);
    CHECK(a.header("Content-Type") == "image/tiff");
    const short_folder folder;
    const auto reader = troupe::formats::open(write_text(folder / "a.tif", a.body));
    const auto size = reader->describe().images[0].size;
    return std::pair{size, reader->read({0, 0, {}, {0}, {0, 0, size.x, size.y}})[0]};
  };
  const auto last = static_cast<int>(made.levels().size()) - 1;
  const auto [full, full_plane] = samples(last, "x=100&y=50&w=40&h=30");
  CHECK(full == troupe::dimensions{40, 30, 1, 1, 1});
  CHECK(full_plane.samples.data()[0] == made.sample(100, 50, 0));
  CHECK(full_plane.samples.data()[40 * 7 + 5] == made.sample(105, 57, 0));
  const auto [smallest, small_plane] = samples(0, "x=3&y=2&w=10&h=10");
  CHECK(small_plane.samples.data()[0] == made.sample(3, 2, static_cast<size_t>(last)));
  const auto edge = samples(last, "x=1490&y=1090&w=256&h=256").first;
  CHECK(edge == troupe::dimensions{10, 10, 1, 1, 1});
  for (auto wrong : {"x=1500&y=0&w=1&h=1&format=tif", "x=0&y=0&w=0&h=1&format=tif",
                     "x=0&y=0&w=1&h=1&format=tif&resolution=4"})
    CHECK(at.who.omero.get(fmt::format("/tile/{}/0/0/0?{}", at.slide, wrong)).status
          == 404);
  CHECK(at.who.omero.get(fmt::format("/tile/{}/0/1/0?x=0&y=0&w=1&h=1", at.slide)).status
        >= 400);
  CHECK(at.who.omero.get(fmt::format("/tile/{}/0/0/0?format=gif", at.slide)).status
        == 400);
}

TEST_CASE("omero qupath: sends regions, and reads those of one owner") {
  slide_user at{"regions"};
  auto shapes = json::array();
  for (int i = 0; i < 3; ++i)
    shapes.push_back({{"@type", omero_type("Polygon")},
                      {"Points", fmt::format("{0},0 {0},10 20,20", i)},
                      {"Text", "cell"},
                      {"oldId", "0:0"}});
  const auto sent =
    at.post("/iviewer/persist_rois/",
            json{{"imageId", at.rgb}, {"rois", {{"count", 3}, {"new", shapes}}}}.dump());
  CHECK(sent.status == 200);
  CHECK(sent.body.find("error") == std::string::npos);
  const auto rois = at.who.omero.data(
    fmt::format("/api/v0/m/rois/?image={}&owner={}", at.rgb, at.who.id));
  REQUIRE(rois.size() == 3);
  json emptied = json::object();
  for (auto& roi : rois) {
    CHECK(!roi.at("shapes").empty());
    CHECK(roi.at("omero:details").at("permissions").at("canDelete") == true);
    const int64_t id = roi.at("@id");
    emptied[std::to_string(id)] = json::array(
      {fmt::format("{}:{}", id, roi.at("shapes").at(0).at("@id").get<int64_t>())});
  }
  const auto gone =
    at.post("/iviewer/persist_rois/",
            json{{"imageId", at.rgb}, {"rois", {{"empty_rois", emptied}}}}.dump());
  CHECK(gone.document().at("ids").size() == 3);
  CHECK(at.who.omero.data(fmt::format("/api/v0/m/rois/?image={}", at.rgb)).empty());
  const auto data = at.who.omero.read(fmt::format("/iviewer/image_data/{}/", at.rgb));
  CHECK(data.at("meta").at("imageName") == "colours.png");
  CHECK(data.at("channels").at(2).at("window").at("end").is_number());
}

TEST_CASE("omero qupath: key-values, files, names and channel names") {
  slide_user at{"words"};
  const auto map = at.who.omero.post_form(
    "/webclient/annotate_map/", {{"image", std::to_string(at.rgb)},
                                 {"ns", "openmicroscopy.org/omero/client/mapAnnotation"},
                                 {"mapAnnotation", R"([["Stain","H&E"]])"}});
  REQUIRE(map.status == 200);
  const auto annotation = map.document().at("annId");
  CHECK(!annotation.is_null());
  const auto file =
    at.who.omero.post_files("/webclient/annotate_file/",
                            {{"annotation_file", "a,b\n1,2\n", "cells.csv", "text/csv"},
                             {"image", std::to_string(at.rgb), "", ""},
                             {"index", "", "", ""}});
  REQUIRE(file.status == 200);
  REQUIRE(file.document().at("fileIds").size() == 1);
  const int64_t kept = file.document().at("fileIds").at(0);
  const auto read = at.who.omero.read(
    fmt::format("/webclient/api/annotations/?type=map&image={}", at.rgb));
  CHECK(read.at("annotations").at(0).at("values") == json::array({json::array({"Stain", "H&E"})}));
  const auto dropped =
    at.post(fmt::format("/webclient/action/delete/file/{}/", kept), "{}");
  CHECK(dropped.document().contains("bad"));

  const auto renamed =
    at.who.omero.post_form(fmt::format("/webclient/action/savename/image/{}/", at.rgb),
                           {{"name", "renamed.png"}});
  CHECK(renamed.document().at("o_type") == "image");
  const auto channels = at.who.omero.post_form(
    fmt::format("/webclient/edit_channel_names/{}/", at.rgb),
    {{"channel0", "r"}, {"channel1", "g"}, {"channel2", "b"}, {"save", "save"}});
  CHECK(channels.document().at("channelNames").at("channel1") == "g");
  const auto data = at.who.omero.read(fmt::format("/webgateway/imgData/{}/", at.rgb));
  CHECK(data.at("meta").at("imageName") == "renamed.png");
  CHECK(data.at("channels").at(2).at("label") == "b");
}

TEST_CASE(
  "omero qupath: an offer of HTTP/2 is passed over, pasted links are understood") {
  slide_user at{"links"};
  auto headers = at.headers();
  headers.emplace("Connection", "Upgrade, HTTP2-Settings");
  headers.emplace("Upgrade", "h2c");
  headers.emplace("HTTP2-Settings", "AAMAAABkAAQAoAAAAAIAAAAA");
  const auto answered = at.who.omero.send(
    "POST", "/iviewer/persist_rois/",
    json{{"imageId", at.rgb}, {"rois", {{"new", json::array()}}}}.dump(),
    "application/json", headers);
  CHECK(answered.status == 200);
  CHECK(answered.document().at("ids").empty());
  for (auto link : {fmt::format("/webclient/?show=image-{}", at.rgb),
                    fmt::format("/webclient/img_detail/{}/", at.rgb),
                    fmt::format("/webgateway/img_detail/{}/", at.rgb),
                    fmt::format("/iviewer/?images={}", at.rgb)}) {
    CAPTURE(link);
    const auto status = at.who.omero.get(link).status;
    CHECK((status == 200 || status == 302));
  }
}

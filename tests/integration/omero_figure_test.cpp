// Figures of OMERO.figure: kept, found again, and the pictures in them.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

using namespace troupe::test;

namespace {

struct drawing_board {
  omero_person who;
  stack made;
  int64_t project = 0, dataset = 0, image = 0;

  explicit drawing_board(const std::string& login)
    : who{omero_newcomer("figure." + login, "private")} {
    project = who.own.make("/api/v1/projects", {{"name", "p"}}).at("id");
    dataset =
      who.own.make("/api/v1/datasets", {{"name", "d"}, {"project", project}}).at("id");
    image = import_image(who.own, "cell.ome.tif", made.bytes(), {.dataset = dataset});
  }

  json figure(const std::string& name, std::vector<int64_t> images) const {
    auto panels = json::array();
    for (auto id : images)
      panels.push_back({{"imageId", id}, {"x", 10}});
    json out{{"version", 8}, {"panels", panels}};
    if (!name.empty())
      out["figureName"] = name;
    return out;
  }
  answer save(const json& figure, int64_t known = 0) {
    form fields{{"figureJSON", figure.dump()}};
    if (known)
      fields.emplace_back("fileId", std::to_string(known));
    return who.omero.post_form("/figure/save_web_figure/", fields);
  }
  int64_t saved(const json& figure, int64_t known = 0) {
    const auto a = save(figure, known);
    REQUIRE(a.status == 200);
    return std::stoll(a.body);
  }
  json read(const std::string& what) { return who.omero.read("/figure/" + what); }
  /// Annotations of the name space on an image.
  json links_on(int64_t id) {
    auto out = json::array();
    const auto all = who.own.read(fmt::format("/api/v1/images/{}/annotations", id));
    for (auto& a : all.at("items"))
      if (a.at("namespace") == "omero.web.figure.link")
        out.push_back(a);
    return out;
  }
  decoded region(const std::string& query) {
    const auto a = who.omero.get(fmt::format(
      "/figure/render_scaled_region/{}/0/0/?c=1|0:255$FFFFFF&m=g&{}", image, query));
    REQUIRE(a.status == 200);
    CHECK(a.header("Content-Type") == "image/jpeg");
    return decode_jpeg(a.body);
  }
};

} // namespace

TEST_CASE("omero figure: saved, listed, opened, changed and deleted") {
  drawing_board at{"life"};
  const auto id = at.saved(at.figure("First <figure>", {at.image, at.image}));
  const auto list = at.read("list_web_figures/");
  REQUIRE(list.size() == 1);
  const auto& listed = list.at(0);
  CHECK(listed.at("id") == id);
  CHECK(listed.at("name") == "First <figure>");
  CHECK(json::parse(listed.at("description").get<std::string>()).at("imageId")
        == at.image);
  CHECK(listed.at("owner").at("id") == at.who.id);
  CHECK(listed.at("group").at("id") == at.who.group);
  CHECK(listed.at("canEdit") == true);
  CHECK(listed.at("creationDate").get<int64_t>() > 1'700'000'000);

  auto opened = at.read(fmt::format("load_web_figure/{}/", id));
  CHECK(opened.at("figureName") == "First <figure>");
  CHECK(opened.at("canEdit") == true);
  CHECK(opened.at("group").at("id") == at.who.group);
  CHECK(opened.at("panels").at(1).at("imageId") == at.image);
  const auto annotation = at.who.own.read(fmt::format("/api/v1/annotations/{}", id));
  CHECK(annotation.at("namespace") == "omero.web.figure.json");
  CHECK(annotation.at("file").at("mime") == "application/json");

  CHECK(at.saved(at.figure("Second", {at.image}), id) == id);
  opened = at.read(fmt::format("load_web_figure/{}/", id));
  CHECK(opened.at("figureName") == "Second");
  CHECK(opened.at("panels").size() == 1);
  CHECK(at.read("list_web_figures/").at(0).at("name") == "Second");

  const auto gone = at.who.omero.post_form("/figure/delete_web_figure/",
                                           {{"fileId", std::to_string(id)}});
  CHECK(gone.status == 200);
  CHECK(gone.body == "Deleted OK");
  CHECK(at.read("list_web_figures/").empty());
  CHECK(at.links_on(at.image).empty());
  CHECK(at.who.omero.get(fmt::format("/figure/load_web_figure/{}/", id)).status == 404);
}

TEST_CASE("omero figure: its images know it, and only those") {
  drawing_board at{"links"};
  const auto other = import_image(at.who.own, "b.png", picture_specimen{}.png());
  const auto id = at.saved(at.figure("Linked", {at.image}));
  const auto links = at.links_on(at.image);
  REQUIRE(links.size() == 1);
  CHECK(links.at(0).at("kind") == "map");
  CHECK(links.at(0).at("value").dump().find(fmt::format("/figure/file/{}/", id))
        != std::string::npos);
  at.saved(at.figure("Linked", {other}), id);
  CHECK(at.links_on(at.image).empty());
  const auto moved = at.links_on(other);
  REQUIRE(moved.size() == 1);
  CHECK(moved.at(0).at("id") == links.at(0).at("id"));
}

TEST_CASE(
  "omero figure: a name is made where there is none, what is no figure is refused") {
  drawing_board at{"odd"};
  at.saved(at.figure("", {}));
  CHECK(at.read("list_web_figures/")
          .at(0)
          .at("name")
          .get<std::string>()
          .starts_with("Figure_20"));
  CHECK(at.save("text").status == 400);
  CHECK(at.who.omero.post_form("/figure/save_web_figure/", {}).status == 400);
  CHECK(at.save(at.figure("x", {}), 999999999).status == 404);
  CHECK(at.who.omero.post_form("/figure/delete_web_figure/", {}).status == 400);
  const auto exported =
    at.who.omero.post_form("/figure/make_web_figure/", {{"figureJSON", "{}"}}).document();
  CHECK(exported.at("status") == "failed");
  CHECK(exported.at("error").is_string());
}

TEST_CASE("omero figure: others in the group see it, and change nothing") {
  drawing_board at{"rights"};
  auto boss = omero_newcomer("figure.rights.owner", "read-annotate");
  auto guest = omero_member("figure.rights.guest", boss.group);
  const json figure{{"figureName", "Shared"}, {"panels", json::array()}};
  const auto made =
    boss.omero.post_form("/figure/save_web_figure/", {{"figureJSON", figure.dump()}});
  REQUIRE(made.status == 200);
  const auto seen = guest.omero.read("/figure/list_web_figures/");
  REQUIRE(seen.size() == 1);
  CHECK(seen.at(0).at("canEdit") == false);
  CHECK(
    guest.omero.read(fmt::format("/figure/load_web_figure/{}/", made.body)).at("canEdit")
    == false);
  CHECK(guest.omero
          .post_form("/figure/save_web_figure/",
                     {{"figureJSON", figure.dump()}, {"fileId", made.body}})
          .status
        == 403);
  CHECK(
    guest.omero.post_form("/figure/delete_web_figure/", {{"fileId", made.body}}).status
    == 403);
  CHECK(at.who.omero.get(fmt::format("/figure/load_web_figure/{}/", made.body)).status
        == 404);
}

TEST_CASE("omero figure: it moves to another group of its owner") {
  drawing_board at{"moves"};
  const auto group =
    shared_server()
      .root()
      .make("/api/v1/groups", {{"name", "figure moves two"}, {"level", "private"}})
      .at("id")
      .get<int64_t>();
  const auto joined = shared_server().root().put(
    fmt::format("/api/v1/groups/{}/members/{}", group, at.who.id), json::object());
  REQUIRE(joined.status < 300);
  const auto id = at.saved(at.figure("Moving", {}));
  const auto moved =
    at.who.omero.post_form("/figure/chgrp/", {{"group_id", std::to_string(group)},
                                              {"ann_id", std::to_string(id)}});
  CHECK(moved.document() == json{{"success", true}});
  CHECK(at.read("list_web_figures/").at(0).at("group")
        == json{{"id", group}, {"name", "figure moves two"}});
  const auto refused = at.who.omero.post_form(
    "/figure/chgrp/", {{"group_id", "999999999"}, {"ann_id", std::to_string(id)}});
  CHECK(refused.document().contains("error"));
}

TEST_CASE("omero figure: images with sizes as stored, times and parents") {
  drawing_board at{"images"};
  const auto data = at.read(fmt::format("imgData/{}/", at.image));
  CHECK(data.at("pixel_size").at("valueX") == 0.65);
  CHECK(data.at("pixel_size").at("symbolX") == "\u00b5m");
  CHECK(data.at("pixel_size").at("unitY") == "MICROMETER");
  CHECK(data.at("deltaT").size() == stack::times);
  CHECK(data.at("parents")
        == json{{"project", {{"id", at.project}, {"name", "p"}}},
                {"dataset", {{"id", at.dataset}, {"name", "d"}, {"childCount", 1}}}});
  CHECK(at.who.omero.get("/figure/imgData/999999999/").status == 404);

  const auto key = std::to_string(at.image);
  const auto rgb = import_image(at.who.own, "b.png", picture_specimen{}.png());
  CHECK(
    at.read(fmt::format("timestamps/?image={}&image={}&image=999999999", at.image, rgb))
    == json{{key, data.at("deltaT")}, {std::to_string(rgb), json::array()}});
  CHECK(
    at.read(fmt::format("pixels_type/?image={}&image={}", at.image, rgb))
    == json{{key, {{"pixelsType", "uint16"}, {"pixel_range", {0, 65535}}}},
            {std::to_string(rgb), {{"pixelsType", "uint8"}, {"pixel_range", {0, 255}}}}});
  CHECK(at.read(fmt::format("z_scale/?image={}", rgb))
        == json{{std::to_string(rgb), json::object()}});
  const auto details =
    at.read(fmt::format("images_details/?image={},{},999999999", rgb, at.image))
      .at("data");
  REQUIRE(details.size() == 2);
  CHECK(details.at(0).at("id") == rgb);
  CHECK(details.at(1).at("name") == "cell.ome.tif");
  CHECK(details.at(1).at("group").at("id") == at.who.group);
  CHECK(details.at(1).at("owner").at("id") == at.who.id);
}

TEST_CASE("omero figure: an image in a well, counted from 1 in it and in its run") {
  drawing_board at{"well"};
  const int64_t plate =
    at.who.own.make("/api/v1/plates", {{"name", "pl"}, {"rows", 2}, {"columns", 2}})
      .at("id");
  const int64_t run =
    at.who.own.make(fmt::format("/api/v1/plates/{}/runs", plate), {{"name", "r"}})
      .at("id");
  std::vector<int64_t> images;
  auto fields = json::array();
  for (auto of_run : {false, true, true}) {
    images.push_back(import_image(at.who.own, "w.png", picture_specimen{}.png()));
    fields.push_back({{"row", 1},
                      {"column", 0},
                      {"image", images.back()},
                      {"run", of_run ? json(run) : json{}}});
  }
  at.who.own.put(fmt::format("/api/v1/plates/{}/fields", plate), {{"fields", fields}});
  const auto parents = at.read(fmt::format("imgData/{}/", images[2])).at("parents");
  CHECK(parents.at("plate") == json{{"id", plate}, {"name", "pl"}});
  CHECK(parents.at("well").at("label") == "B1");
  CHECK(parents.at("wellsample") == json{{"index", 3}, {"index_run", 2}});
}

TEST_CASE("omero figure: regions to cut to are rectangles, all others only count") {
  drawing_board at{"rois"};
  auto draw = [&](json shapes) {
    at.who.own.make(fmt::format("/api/v1/images/{}/rois", at.image),
                    {{"rois", json::array({{{"shapes", shapes}}})}});
  };
  const json box{{"kind", "rectangle"}, {"geometry", {1, 2, 3, 4}}},
    point{{"kind", "point"}, {"geometry", {1, 2}}};
  draw(json::array({box, point}));
  draw(json::array({point}));
  CHECK(at.read(fmt::format("roiCount/{}/", at.image)) == json{{"roi", 2}});
  CHECK(at.read(fmt::format("roiCount/{}/?shapes=1", at.image))
        == json{{"roi", 2}, {"shape", 3}});
  const auto found =
    at.read(fmt::format("roiRectangles/{}/?limit=10&offset=0", at.image));
  CHECK(found.at("meta").at("totalCount") == 1);
  REQUIRE(found.at("data").size() == 1);
  const auto& shapes = found.at("data").at(0).at("shapes");
  REQUIRE(shapes.size() == 1);
  CHECK(shapes.at(0).at("Width") == 3);
}

TEST_CASE("omero figure: a region has its own size, smaller when it is asked for") {
  drawing_board at{"region"};
  const auto exact = at.region("region=10,5,20,16");
  CHECK(exact.width == 20);
  CHECK(exact.height == 16);
  // Grey by the window 0:255; a JPEG is near.
  for (auto [x, y] : {std::pair{0, 0}, {19, 15}, {7, 9}})
    CHECK(std::abs(exact.at(x, y, 0) - at.made.sample(10 + x, 5 + y, 0, 0, 0)) < 6);
  const auto half = at.region("region=0,0,60,40&max_size=30");
  CHECK(half.width == 30);
  CHECK(half.height == 20);
  CHECK(std::abs(half.at(15, 10, 0) - at.made.sample(30, 20, 0, 0, 0)) < 10);
}

TEST_CASE("omero figure: what lies beyond the image is grey") {
  drawing_board at{"padding"};
  const auto left = at.region("region=-16,-8,40,32");
  CHECK(left.width == 40);
  CHECK(left.height == 32);
  for (auto [x, y] : {std::pair{4, 20}, {30, 2}, {0, 0}})
    for (int c = 0; c < 3; ++c)
      CHECK(std::abs(left.at(x, y, c) - 0xdd) < 6);
  CHECK(std::abs(left.at(30, 24, 0) - at.made.sample(14, 16, 0, 0, 0)) < 10);
  const auto right = at.region("region=40,30,40,32");
  CHECK(right.width == 40);
  CHECK(std::abs(right.at(8, 4, 0) - at.made.sample(48, 34, 0, 0, 0)) < 10);
  CHECK(std::abs(right.at(36, 28, 0) - 0xdd) < 6);
  const auto far = at.region("region=500,500,20,10");
  CHECK(far.width == 20);
  CHECK(far.height == 10);
  CHECK(std::abs(far.at(10, 5, 1) - 0xdd) < 6);
  for (auto wrong : {"region=1,2,3", "region=a,b,c,d", "region=0,0,0,10", "x=1"})
    CHECK(at.who.omero
            .get(fmt::format("/figure/render_scaled_region/{}/0/0/?{}", at.image, wrong))
            .status
          == 400);
  CHECK(
    at.who.omero.get("/figure/render_scaled_region/999999999/0/0/?region=0,0,9,9").status
    == 404);
}

TEST_CASE("omero figure: placeholders are pictures") {
  drawing_board at{"placeholders"};
  for (auto path :
       {"render_thumbnail/999999999/", "max_projection_range_exceeded/1/0/0/"}) {
    const auto a = at.who.omero.get(fmt::format("/figure/{}", path));
    CHECK(a.status == 200);
    CHECK(a.header("Content-Type").starts_with("image/"));
  }
  const auto small =
    at.who.omero.get(fmt::format("/figure/render_thumbnail/{}/", at.image));
  CHECK(decode_jpeg(small.body).width == 96);
}

TEST_CASE("omero figure: lengths in other units") {
  drawing_board at{"units"};
  const auto found = at.read("unit_conversion/1.5/MICROMETER/NANOMETER/");
  CHECK(found.at("value").get<double>() == doctest::Approx(1500));
  CHECK(found.at("unit") == "NANOMETER");
  CHECK(found.at("symbol") == "nm");
  CHECK(at.read("unit_conversion/2/CENTIMETER/MILLIMETER/").at("value").get<double>()
        == doctest::Approx(20));
  CHECK(at.read("unit_conversion/2/PIXEL/MILLIMETER/").contains("error"));
  CHECK(at.read("unit_conversion/two/METER/MILLIMETER/").contains("error"));
}

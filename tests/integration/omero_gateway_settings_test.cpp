// Rendering settings by OMERO's addresses: saved, copied, pasted, reset.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

const std::string both = "c=1%7C10:100$FF0000,-2%7C20:200$00FF00";

struct painter_at_work {
  omero_person ada;
  explicit painter_at_work(const std::string& login, const std::string& level)
    : ada{omero_newcomer("paint." + login, level)} {}

  int64_t image(const std::string& name, int32_t seed = 0, const target& into = {}) {
    return import_image(ada.own, name, stack{seed}.bytes(), into);
  }
  answer save(int64_t image, const std::string& query) {
    return ada.omero.post_form(
      fmt::format("/webgateway/saveImgRDef/{}/?{}", image, query), {});
  }
  json shown(int64_t image) {
    return ada.omero.read(fmt::format("/webgateway/imgData/{}/", image));
  }
};

} // namespace

TEST_CASE("omero settings: saving says true, literally, and changes every channel") {
  painter_at_work w{"saver", "private"};
  const auto id = w.image("saved.ome.tif");
  const auto saved = w.save(
    id, both + "&m=g&z=3&t=2&p=normal&q=0.9&ia=0&maps="
          + escaped(R"([{"inverted":{"enabled":true}},{"inverted":{"enabled":false}}])"));
  CHECK(saved.status == 200);
  CHECK(saved.body == "true");
  CHECK(saved.header("Content-Type") == "application/javascript");
  const auto d = w.shown(id);
  CHECK(d.at("rdefs").at("model") == "greyscale");
  CHECK(d.at("rdefs").at("defaultZ") == 2);
  CHECK(d.at("rdefs").at("defaultT") == 1);
  const auto red = d.at("channels")[0], off = d.at("channels")[1];
  CHECK(red.at("active") == true);
  CHECK(red.at("color") == "FF0000");
  CHECK(red.at("window").at("start") == 10);
  CHECK(red.at("inverted") == true);
  CHECK(off.at("active") == false);
  CHECK(off.at("color") == "00FF00");
  CHECK(off.at("window").at("end") == 200);
}

TEST_CASE("omero settings: a body of JSON is fine, what is said is in the address") {
  painter_at_work w{"quiet", "private"};
  const auto id = w.image("quiet.ome.tif");
  const auto saved = w.ada.omero.send(
    "POST",
    fmt::format(
      "/webgateway/saveImgRDef/{}/?m=c&c=1%7C0.450000:9.5$0000FF,2%7C1:2$fire.lut", id),
    "", "application/json", {{"X-CSRFToken", w.ada.omero.csrf()}});
  CHECK(saved.body == "true");
  const auto d = w.shown(id);
  CHECK(d.at("channels")[0].at("window").at("start").get<double>()
        == doctest::Approx(0.45));
  CHECK(d.at("channels")[1].at("lut") == "fire.lut");
}

TEST_CASE("omero settings: what is not complete is refused, what is missing is false") {
  painter_at_work w{"strict", "private"};
  const auto id = w.image("strict.ome.tif");
  const auto before = w.shown(id);
  CHECK(w.save(id, both).status == 400);
  CHECK(w.save(id, "m=c").status == 400);
  CHECK(w.save(id, "m=c&c=1%7C10:100$FF0000").status == 400);
  CHECK(w.save(id, both + "&m=c&z=9").status == 400);
  CHECK(w.save(id, both + "&m=c&maps=" + escaped("[{}]")).status == 400);
  CHECK(w.shown(id) == before);
  const auto missing = w.save(987654321, both + "&m=c");
  CHECK(missing.status == 200);
  CHECK(missing.body == "false");
  CHECK(
    w.ada.omero.get(fmt::format("/webgateway/saveImgRDef/{}/?{}&m=c", id, both)).status
    == 405);
}

TEST_CASE("omero settings: everybody has their own, and is told of all") {
  painter_at_work w{"owner", "read-annotate"};
  const auto id = w.image("shared.ome.tif");
  REQUIRE(w.save(id, both + "&m=c").body == "true");
  auto bob = omero_newcomer("paint.guest", "private");
  REQUIRE(shared_server()
            .root()
            .put(fmt::format("/api/v1/groups/{}/members/{}", w.ada.group, bob.id),
                 json::object())
            .status
          < 300);
  const auto theirs = [&] {
    return bob.omero.read(fmt::format("/webgateway/imgData/{}/", id)).at("channels");
  };
  CHECK(theirs()[0].at("color") == "FF0000");
  const auto other = "c=-1%7C1:2$123456,2%7C3:4$654321&m=g";
  CHECK(
    bob.omero.post_form(fmt::format("/webgateway/saveImgRDef/{}/?{}", id, other), {}).body
    == "true");
  CHECK(theirs()[0].at("color") == "123456");
  CHECK(w.shown(id).at("channels")[0].at("color") == "FF0000");
  const auto all =
    bob.omero.read(fmt::format("/webgateway/get_image_rdefs_json/{}/", id)).at("rdefs");
  REQUIRE(all.size() == 2);
  const auto& first = all[0].at("owner").at("id") == w.ada.id ? all[0] : all[1];
  const auto& second = all[0].at("owner").at("id") == w.ada.id ? all[1] : all[0];
  CHECK(first.at("model") == "rgb");
  CHECK(second.at("model") == "greyscale");
  CHECK(second.at("owner").at("id") == bob.id);
  CHECK(first.at("c")[0].at("rgb") == json{{"red", 255}, {"green", 0}, {"blue", 0}});
  CHECK(first.at("c")[1].at("active") == false);
  CHECK(first.at("c")[1].at("end") == 200);
  CHECK(first.at("c")[0].contains("reverseIntensity"));
  const auto thumbnail = [&](const json& rendering) {
    return bob.omero
      .get(fmt::format("/webgateway/render_thumbnail/{}/?rdefId={}", id,
                       rendering.at("id").get<int64_t>()))
      .body;
  };
  CHECK(thumbnail(first) != thumbnail(second));
  CHECK(thumbnail(second)
        == bob.omero.get(fmt::format("/webgateway/render_thumbnail/{}/", id)).body);
  const auto back =
    bob.omero.post_form("/webgateway/applyOwnersRDef/",
                        {{"toids", std::to_string(id)}, {"to_type", "image"}});
  CHECK(back.document() == json{id});
  CHECK(theirs()[0].at("color") == "FF0000");
  const auto missing = bob.omero.read("/webgateway/get_image_rdefs_json/987654321/");
  CHECK(missing.contains("error"));
}

TEST_CASE("omero settings: copied from an image, or from an address") {
  painter_at_work w{"copier", "private"};
  const auto from = w.image("from.ome.tif"), to = w.image("to.ome.tif", 5),
             small = import_image(w.ada.own, "small.png", picture_specimen{}.png());
  auto& client = w.ada.omero;
  CHECK(client.read("/webgateway/getImgRDef/") == json{{"rdef", nullptr}});
  CHECK(client.get("/webgateway/copyImgRDef/").status == 405);
  REQUIRE(w.save(from, both + "&m=g").body == "true");
  CHECK(client.read(fmt::format("/webgateway/copyImgRDef/?fromid={}", from)) == true);
  const auto noted = client.read("/webgateway/getImgRDef/").at("rdef");
  CHECK(noted.at("c") == "1|10:100$FF0000,-2|20:200$00FF00");
  CHECK(noted.at("m") == "g");
  CHECK(noted.at("pixel_range") == "0:65535");
  const auto pasted =
    client
      .post_form("/webgateway/copyImgRDef/",
                 {{"toids", std::to_string(to)}, {"toids", std::to_string(small)}})
      .document();
  CHECK(pasted == json{{"true", {to}}, {"false", {small}}});
  CHECK(w.shown(to).at("channels")[1].at("color") == "00FF00");
  CHECK(client.read("/webgateway/copyImgRDef/?m=c&z=1&t=1&imageId=5&pixel_range=0:65535&"
                    "c=1%7C1:9$00FFFF,2%7C2:8$FFFF00")
        == true);
  const auto words = client.read("/webgateway/getImgRDef/").at("rdef");
  CHECK(words.at("imageId") == "5");
  CHECK(words.at("c") == "1|1:9$00FFFF,2|2:8$FFFF00");
  const auto again =
    client.post_form("/webgateway/copyImgRDef/", {{"toids", std::to_string(to)}})
      .document();
  CHECK(again.at("true") == json{to});
  CHECK(w.shown(to).at("channels")[0].at("color") == "00FFFF");
  CHECK(client.post_form("/webgateway/copyImgRDef/", {}).document() == false);
}

TEST_CASE("omero settings: reset, of images and of all in a dataset") {
  painter_at_work w{"reset", "private"};
  const auto one = w.image("one.ome.tif", 1, {.dataset = "Resets"}),
             two = w.image("two.ome.tif", 2, {.dataset = "Resets"});
  const auto before = w.shown(one).at("channels");
  REQUIRE(w.save(one, both + "&m=g").body == "true");
  REQUIRE(w.save(two, both + "&m=g").body == "true");
  auto& client = w.ada.omero;
  CHECK(client.post_form("/webgateway/resetRDef/", {}).status == 400);
  CHECK(client.post_form("/webgateway/resetRDef/", {{"toids", std::to_string(one)}})
          .document()
        == json{one});
  CHECK(w.shown(one).at("channels") == before);
  CHECK(w.shown(two).at("channels") != before);
  const auto dataset = w.shown(two).at("meta").at("datasetId").get<int64_t>();
  const auto done =
    client
      .post_form("/webgateway/resetRDef/",
                 {{"toids", std::to_string(dataset)}, {"to_type", "dataset"}})
      .document();
  CHECK(done == json{std::min(one, two), std::max(one, two)});
  CHECK(w.shown(two).at("channels")[1].at("color") == before[1].at("color"));
}

TEST_CASE("omero settings: lookup tables are listed in the order of their picture") {
  auto& client = omero_root();
  const auto all = client.read("/webgateway/luts/?rgb=true");
  const auto& luts = all.at("luts");
  REQUIRE(!luts.empty());
  CHECK(all.at("png_luts_new").size() == luts.size() + 1);
  CHECK(all.at("png_luts_new").back() == "gradient.png");
  const auto strip = client.get("/webgateway/luts_png/");
  CHECK(strip.header("Content-Type") == "image/png");
  const auto picture = decode_png(strip.body);
  CHECK(picture.width == 256);
  CHECK(picture.height == 10 * static_cast<int>(luts.size() + 1));
  for (auto& lut : luts) {
    const auto band = lut.at("png_index_new").get<int>();
    for (int x : {0, 100, 255})
      for (int c = 0; c < 3; ++c)
        REQUIRE(picture.at(x, band * 10 + 5, c) == lut.at("rgb").at(x).at(c));
  }
  CHECK_FALSE(client.read("/webgateway/luts/").at("luts")[0].contains("rgb"));
}

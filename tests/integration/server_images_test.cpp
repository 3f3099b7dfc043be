// Images over HTTP: facts, samples, pictures.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

std::string path_of(int64_t image, const std::string& rest = "") {
  return fmt::format("/api/v1/images/{}{}", image, rest);
}

/// The same image for all tests here that only look.
int64_t images_stack() {
  static const auto image =
    import_image(shared_server().root(), "cells.ome.tif", stack{}.bytes());
  return image;
}

int64_t images_pyramid() {
  static const auto image =
    import_image(shared_server().root(), "pyramid.tif", pyramid{}.bytes());
  return image;
}

void check_refused(const std::string& path, int status, const std::string& word) {
  CAPTURE(path);
  const auto a = shared_server().root().get(path);
  CHECK(a.status == status);
  CHECK(a.header("Content-Type") == "application/problem+json");
  const auto detail = a.document().at("detail").get<std::string>();
  CAPTURE(detail);
  CHECK(detail.find(word) != std::string::npos);
}

} // namespace

TEST_CASE("images: an OME-TIFF is described by what its file says") {
  const stack source;
  const auto i = shared_server().root().read(path_of(images_stack()));
  CHECK(i.at("name") == "cells.ome.tif");
  CHECK(i.at("state") == "ready");
  CHECK(i.at("sizeX") == 60);
  CHECK(i.at("sizeY") == 40);
  CHECK(i.at("sizeZ") == 3);
  CHECK(i.at("sizeC") == 2);
  CHECK(i.at("sizeT") == 2);
  CHECK(i.at("pixelType") == "uint16");
  CHECK(i.at("rgb") == false);
  CHECK(i.at("model") == "color");
  CHECK(i.at("physicalSizeX") == json{{"value", 0.65}, {"unit", "µm"}});
  CHECK(i.at("physicalSizeZ").at("value") == 2.0);
  CHECK(i.at("timeIncrement").is_null());
  CHECK(i.at("owner").at("login") == "root");
  CHECK(i.at("group").at("name") == "default");
  CHECK(i.at("levels") == json::array({{{"width", 60}, {"height", 40}}}));
  CHECK(i.at("series") == 0);
  CHECK(i.at("inPlace") == false);
  REQUIRE(i.at("files").size() == 1);
  CHECK(i.at("files")[0]
        == json{{"name", "cells.ome.tif"},
                {"bytes", source.bytes().size()},
                {"sha256", sha256(source.bytes())}});

  const auto& c = i.at("channels");
  REQUIRE(c.size() == 2);
  CHECK(c[0].at("name") == "DAPI");
  CHECK(c[0].at("color") == "0000FF");
  CHECK(c[0].at("emission") == 461.0);
  CHECK(c[0].at("min") == source.sample(0, 0, 0, 0, 0));
  CHECK(c[0].at("max") == source.sample(59, 39, 2, 0, 1));
  CHECK(c[0].at("window").at("start") == c[0].at("min"));
  CHECK(c[0].at("window").at("end") == c[0].at("max"));
  CHECK(c[0].at("range") == json{{"min", 0.0}, {"max", 65535.0}});
  CHECK(c[1].at("name") == "GFP");
  CHECK(c[1].at("color") == "00FF00");
  CHECK(c[1].at("emission").is_null());
}

TEST_CASE("images: every sample of every kind of file comes back as it was") {
  auto& root = shared_server().root();
  const stack s;
  for (int z = 0; z < s.sections; ++z)
    for (int c = 0; c < s.channels; ++c)
      for (int t = 0; t < s.times; ++t)
        CHECK(pixels(root, images_stack(), fmt::format("z={}&c={}&t={}", z, c, t))
              == s.plane(z, c, t));

  const picture_specimen p;
  const auto png = import_image(root, "rgb.png", p.png());
  for (int c = 0; c < 3; ++c)
    CHECK(pixels(root, png, fmt::format("z=0&c={}&t=0", c)) == p.plane(c));
  CHECK(root.read(path_of(png)).at("rgb") == true);

  const pyramid levels;
  for (size_t level = 0; level < levels.levels().size(); ++level)
    CHECK(pixels(root, images_pyramid(), fmt::format("z=0&c=0&t=0&level={}", level))
          == levels.plane(level));

  const auto jpeg = import_image(root, "photo.jpg", p.jpeg());
  const auto wanted = decode_jpeg(p.jpeg());
  const auto red = pixels(root, jpeg, "z=0&c=0&t=0");
  REQUIRE(red.size() == static_cast<size_t>(p.width) * p.height);
  CHECK(static_cast<uint8_t>(red[65]) == wanted.at(1, 1, 0));
}

TEST_CASE("images: /pixels says shape and type, and cuts regions exactly") {
  auto& root = shared_server().root();
  const auto a =
    root.get(path_of(images_stack(), "/pixels?z=2&c=1&t=1&x=10&y=20&width=3&height=2"));
  REQUIRE(a.status == 200);
  CHECK(a.header("Content-Type") == "application/octet-stream");
  CHECK(a.header("Troupe-Shape") == "2,3");
  CHECK(a.header("Troupe-Type") == "uint16");
  REQUIRE(a.body.size() == 12);
  const auto value = [&](size_t i) {
    return static_cast<uint8_t>(a.body[2 * i])
           + 256 * static_cast<uint8_t>(a.body[2 * i + 1]);
  };
  for (int i = 0; i < 6; ++i)
    CHECK(value(static_cast<size_t>(i))
          == stack{}.sample(10 + i % 3, 20 + i / 3, 2, 1, 1));
}

TEST_CASE("images: a picture has exactly the worked-out colours") {
  auto& root = shared_server().root();
  const stack s;
  // Window 0 to 255: the level is the sample, at most 255. Red + half green.
  const auto settings = "c=1%7C0:255$FF0000,2%7C0:255$008000&m=c&format=png";
  const auto a =
    root.get(path_of(images_stack(), fmt::format("/plane?z=1&t=1&{}", settings)));
  REQUIRE(a.status == 200);
  CHECK(a.header("Content-Type") == "image/png");
  const auto picture = decode_png(a.body);
  REQUIRE(picture.width == 60);
  REQUIRE(picture.height == 40);
  for (int y = 0; y < 40; y += 3)
    for (int x = 0; x < 60; x += 7) {
      const int red = std::min<int>(255, s.sample(x, y, 1, 0, 1));
      const int level = std::min<int>(255, s.sample(x, y, 1, 1, 1));
      CHECK(picture.at(x, y, 0) == red);
      CHECK(picture.at(x, y, 1) == level * 128 / 255);
      CHECK(picture.at(x, y, 2) == 0);
    }
}

TEST_CASE("images: channels that are off or not listed are not drawn") {
  auto& root = shared_server().root();
  const auto draw = [&](const std::string& settings) {
    return decode_png(
      root.get(path_of(images_stack(), "/plane?z=0&t=0&format=png&" + settings)).body);
  };
  const auto only_green = draw("c=-1%7C0:255$FF0000,2%7C0:255$00FF00");
  CHECK(only_green.at(5, 5, 0) == 0);
  CHECK(only_green.at(5, 5, 1) == stack{}.sample(5, 5, 0, 1, 0));
  CHECK(draw("c=2%7C0:255$00FF00").rgb == only_green.rgb);
  const auto grey = draw("c=2%7C0:255$00FF00&m=g");
  for (int c = 0; c < 3; ++c)
    CHECK(grey.at(5, 5, c) == stack{}.sample(5, 5, 0, 1, 0));
  const auto inverted = draw(
    "c=2%7C0:255$00FF00&m=g&maps=%5B%7B%22inverted%22:%7B%22enabled%22:true%7D%7D%5D");
  CHECK(inverted.at(5, 5, 0) == 255 - stack{}.sample(5, 5, 0, 1, 0));
}

TEST_CASE("images: tiles cover each level, cut at its edges") {
  auto& root = shared_server().root();
  const pyramid p;
  const auto i = root.read(path_of(images_pyramid()));
  const auto& levels = i.at("levels");
  REQUIRE(levels.size() == p.levels().size());
  const int side = i.at("tileSize").at("width");
  for (size_t level = 0; level < levels.size(); ++level) {
    const int width = levels[level].at("width"), height = levels[level].at("height");
    const int column = (width - 1) / side, row = (height - 1) / side;
    const auto a = root.get(path_of(
      images_pyramid(), fmt::format("/tile?level={}&x={}&y={}&z=0&t=0&format=png&m=g"
                                    "&c=1%7C0:255$FFFFFF",
                                    level, column, row)));
    REQUIRE(a.status == 200);
    const auto tile = decode_png(a.body);
    CHECK(tile.width == width - column * side);
    CHECK(tile.height == height - row * side);
    CHECK(tile.at(0, 0, 0) == p.sample(column * side, row * side, level));
    CHECK(tile.at(tile.width - 1, tile.height - 1, 2)
          == p.sample(width - 1, height - 1, level));
  }
}

TEST_CASE("images: a plane's region is in full-size pixels and cut at the edge") {
  auto& root = shared_server().root();
  const auto a = root.get(path_of(
    images_pyramid(), "/plane?z=0&t=0&x=1490&y=1000&width=500&height=20&format=png"
                      "&m=g&c=1%7C0:255$FFFFFF"));
  REQUIRE(a.status == 200);
  const auto region = decode_png(a.body);
  CHECK(region.width == 10);
  CHECK(region.height == 20);
  CHECK(region.at(3, 7, 0) == pyramid{}.sample(1493, 1007, 0));
}

TEST_CASE("images: a picture seen before is not sent again") {
  auto& root = shared_server().root();
  for (const auto* picture :
       {"/plane?z=0&t=0", "/tile?level=0&x=0&y=0&z=0&t=0", "/thumbnail"}) {
    CAPTURE(picture);
    const auto path = path_of(images_stack(), picture);
    const auto first = root.get(path);
    REQUIRE(first.status == 200);
    CHECK(first.header("Content-Type") == "image/jpeg");
    CHECK(first.header("Cache-Control").find("private") != std::string::npos);
    const auto tag = first.header("ETag");
    CHECK(tag.size() > 10);
    // The client's library waits for the body a 304 does not have.
    const auto again = root.get(path, {{"If-None-Match", tag}, {"Connection", "close"}});
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(again.header("ETag") == tag);
    CHECK(root.get(path, {{"If-None-Match", "\"other\""}}).status == 200);
  }
  const auto one = root.get(path_of(images_stack(), "/plane?z=0&t=0")).header("ETag");
  CHECK(root.get(path_of(images_stack(), "/plane?z=1&t=0")).header("ETag") != one);
  CHECK(root.get(path_of(images_stack(), "/plane?z=0&t=0&q=0.3")).header("ETag") != one);
}

TEST_CASE("images: a thumbnail has the size asked for and may be kept for ever") {
  auto& root = shared_server().root();
  const auto url = root.read(path_of(images_stack())).at("thumbnail").get<std::string>();
  CHECK(url.find("v=") != std::string::npos);
  const auto versioned = root.get(url);
  CHECK(versioned.header("Cache-Control").find("immutable") != std::string::npos);
  const auto size = [](const answer& a) {
    const auto d = decode_jpeg(a.body);
    return std::pair{d.width, d.height};
  };
  CHECK(size(versioned) == std::pair{96, 64});
  CHECK(size(root.get(path_of(images_stack(), "/thumbnail?size=30")))
        == std::pair{30, 20});
  CHECK(size(root.get(path_of(images_pyramid(), "/thumbnail"))) == std::pair{96, 70});
}

TEST_CASE("images: the cache of thumbnails may vanish at any time") {
  auto& server = shared_server();
  const auto path = path_of(images_stack(), "/thumbnail?size=41");
  const auto before = server.root().get(path);
  std::filesystem::remove_all(server.data() / "cache");
  CHECK(server.root().get(path).body == before.body);
  CHECK(server.root().get(path_of(images_stack(), "/thumbnail?size=42")).status == 200);
}

TEST_CASE("images: what the image does not have is refused by name") {
  const auto image = images_stack();
  check_refused(path_of(image, "/pixels?z=3&c=0&t=0"), 400, "z is 3");
  check_refused(path_of(image, "/pixels?z=-1&c=0&t=0"), 400, "z is -1");
  check_refused(path_of(image, "/pixels?z=0&c=2&t=0"), 400, "c is 2");
  check_refused(path_of(image, "/pixels?z=0&c=0&t=9"), 400, "t is 9");
  check_refused(path_of(image, "/pixels?c=0&t=0"), 400, "z is missing");
  check_refused(path_of(image, "/pixels?z=0x1&c=0&t=0"), 400, "z");
  check_refused(path_of(image, "/pixels?z=0&c=0&t=99999999999999"), 400, "t");
  check_refused(path_of(image, "/pixels?z=0&c=0&t=0&level=1"), 404, "level");
  check_refused(path_of(image, "/pixels?z=0&c=0&t=0&x=0&y=0&width=61&height=1"), 400,
                "region");
  check_refused(
    path_of(image, "/pixels?z=0&c=0&t=0&x=0&y=0&width=2147483647&height=2147483647"), 400,
    "region");
  check_refused(path_of(image, "/pixels?z=0&c=0&t=0&x=1"), 400, "region");
  check_refused(path_of(image, "/tile?level=0&x=1&y=0&z=0&t=0"), 404, "tile");
  check_refused(path_of(image, "/tile?level=0&x=-1&y=0&z=0&t=0"), 404, "tile");
  check_refused(path_of(image, "/tile?level=0&y=0&z=0&t=0"), 400, "x is missing");
  check_refused(path_of(image, "/plane?z=0&t=0&q=7"), 400, "q");
  check_refused(path_of(image, "/plane?z=0&t=0&q=nan"), 400, "q");
  check_refused(path_of(image, "/plane?z=0&t=0&m=x"), 400, "m");
  check_refused(path_of(image, "/plane?z=0&t=0&format=gif"), 400, "format");
  check_refused(path_of(image, "/thumbnail?size=0"), 400, "size");
  check_refused(path_of(image, "/thumbnail?size=100000"), 400, "size");
  check_refused(path_of(999999999), 404, "999999999");
  check_refused(path_of(999999999, "/tile?level=0&x=0&y=0&z=0&t=0"), 404, "999999999");
  check_refused("/api/v1/images/seven", 400, "image");
  check_refused("/api/v1/images/-7", 400, "image");
}

TEST_CASE("images: too many samples at once are refused, a region of them is not") {
  auto& root = shared_server().root();
  const auto big = import_image(root, "big.tif", big_tiff(9000, 8000));
  check_refused(path_of(big, "/pixels?z=0&c=0&t=0"), 413, "67108864");
  check_refused(path_of(big, "/plane?z=0&t=0"), 413, "67108864");
  CHECK(pixels(root, big, "z=0&c=0&t=0&x=8990&y=7990&width=10&height=10")
        == std::string(100, 7));
}

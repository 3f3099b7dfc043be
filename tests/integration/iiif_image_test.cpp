// The IIIF Image API as viewers use it, with what the official validator checks of
// level 2.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

int64_t iiif_stack() {
  static const auto image =
    import_image(shared_server().root(), "iiif.ome.tif", stack{}.bytes());
  return image;
}

int64_t iiif_photo() {
  static const auto image =
    import_image(shared_server().root(), "iiif.png", picture_specimen{}.png());
  return image;
}

/// 1500 x 1100 and its halves; the server's own look at it has ended.
int64_t iiif_pyramid() {
  static const auto image =
    import_image(shared_server().root(), "iiif.tif", pyramid{}.bytes());
  return image;
}

answer iiif(const std::string& path, httplib::Headers more = {}) {
  return shared_server().root().get("/iiif/" + path, std::move(more));
}

answer iiif_3(int64_t image, const std::string& rest) {
  return iiif(fmt::format("3/{}/{}", image, rest));
}

decoded iiif_png(int64_t image, const std::string& parts, const std::string& query = "") {
  const auto a = iiif_3(image, parts + "/default.png" + query);
  CAPTURE(parts);
  REQUIRE(a.status == 200);
  REQUIRE(a.header("Content-Type") == "image/png");
  return decode_png(a.body);
}

decoded own_plane(int64_t image, const std::string& query) {
  const auto a = shared_server().root().get(
    fmt::format("/api/v1/images/{}/plane?format=png&{}", image, query));
  REQUIRE(a.status == 200);
  return decode_png(a.body);
}

bool has_link(const answer& a, const std::string& link) {
  const auto [begin, end] = a.headers.equal_range("Link");
  return std::any_of(begin, end, [&](auto& h) { return h.second == link; });
}

std::string address_of(const std::string& path) {
  return shared_server().url() + "/iiif/" + path;
}

} // namespace

TEST_CASE("iiif: an image's address leads to what there is of it") {
  const auto a = iiif(fmt::format("3/{}", iiif_pyramid()));
  CHECK(a.status == 303);
  const auto id = address_of(fmt::format("3/{}", iiif_pyramid()));
  CHECK(a.header("Location") == id + "/info.json");
  const auto info = iiif(fmt::format("3/{}/info.json", iiif_pyramid()));
  CHECK(info.header("Content-Type")
        == "application/ld+json;profile=\"http://iiif.io/api/image/3/context.json\"");
  CHECK(has_link(info, "<http://iiif.io/api/image/3/level2.json>;rel=\"profile\""));
  const auto d = json::parse(info.body);
  CHECK(d.at("@context") == "http://iiif.io/api/image/3/context.json");
  CHECK(d.at("id") == id);
  CHECK(d.at("type") == "ImageService3");
  CHECK(d.at("protocol") == "http://iiif.io/api/image");
  CHECK(d.at("profile") == "level2");
  CHECK(d.at("width") == 1500);
  CHECK(d.at("height") == 1100);
  CHECK(d.at("tiles")
        == json::parse(R"([{"width": 256, "scaleFactors": [1, 2, 4, 8]}])"));
  CHECK(d.at("sizes").front() == json{{"width", 188}, {"height", 138}});
  CHECK(d.at("sizes").back() == json{{"width", 1500}, {"height", 1100}});
  CHECK(d.at("sizes").size() == 4);
  CHECK(d.at("maxArea").get<int64_t>() >= 1500 * 1100);
  CHECK(
    iiif(fmt::format("3/{}/info.json", iiif_pyramid()), {{"Accept", "application/json"}})
      .header("Content-Type")
    == "application/json");
}

TEST_CASE("iiif: version 2 says the same in its own words") {
  const auto path = fmt::format("2/{}/info.json", iiif_pyramid());
  const auto a = iiif(path);
  CHECK(a.header("Content-Type") == "application/json");
  CHECK(iiif(path, {{"Accept", "application/ld+json"}}).header("Content-Type")
        == "application/ld+json");
  CHECK(has_link(a, "<http://iiif.io/api/image/2/level2.json>;rel=\"profile\""));
  const auto d = json::parse(a.body);
  CHECK(d.at("@context") == "http://iiif.io/api/image/2/context.json");
  CHECK(d.at("@id") == address_of(fmt::format("2/{}", iiif_pyramid())));
  CHECK(d.at("profile")[0] == "http://iiif.io/api/image/2/level2.json");
  CHECK(d.at("tiles")[0].at("scaleFactors") == json{1, 2, 4, 8});
  const auto picture = [&](const std::string& parts) {
    const auto p = iiif(fmt::format("2/{}/{}/0/default.png", iiif_stack(), parts));
    REQUIRE(p.status == 200);
    return p;
  };
  CHECK(decode_png(picture("full/full").body).rgb
        == iiif_png(iiif_stack(), "full/max/0").rgb);
  CHECK(has_link(picture("0,0,60,40/30,20"),
                 fmt::format("<{}/full/30,/0/default.png>;rel=\"canonical\"",
                             address_of(fmt::format("2/{}", iiif_stack())))));
  CHECK(decode_png(picture("full/120,").body).width == 120);
  CHECK(iiif(fmt::format("2/{}/full/%5E120,/0/default.png", iiif_stack())).status == 400);
}

TEST_CASE("iiif: a whole plane and regions of it are those of the server's own API") {
  const auto plane = own_plane(iiif_stack(), "z=0&t=0");
  const auto full = iiif_png(iiif_stack(), "full/max/0", "?z=0&t=0");
  CHECK(full.width == 60);
  CHECK(full.height == 40);
  CHECK(full.rgb == plane.rgb);
  const auto check_part = [&](const std::string& region, int x, int y, int w, int h) {
    CAPTURE(region);
    const auto part = iiif_png(iiif_stack(), region + "/max/0", "?z=0&t=0");
    REQUIRE(part.width == w);
    REQUIRE(part.height == h);
    for (int row = 0; row < h; ++row)
      for (int column = 0; column < w; ++column)
        for (int c = 0; c < 3; ++c)
          REQUIRE(part.at(column, row, c) == plane.at(x + column, y + row, c));
  };
  check_part("5,6,20,10", 5, 6, 20, 10);
  check_part("50,30,20,20", 50, 30, 10, 10); // cut at the edge
  check_part("square", 10, 0, 40, 40);
  check_part("pct:50,50,25,25", 30, 20, 15, 10);
}

TEST_CASE("iiif: sizes shrink by the mean, and grow with a sign only") {
  const stack s;
  const std::string grey = "?z=0&t=0&c=1%7C0:255$FFFFFF&m=g";
  const auto half = iiif_png(iiif_stack(), "full/30,/0", grey);
  REQUIRE(half.width == 30);
  REQUIRE(half.height == 20);
  for (int y = 0; y < 20; ++y)
    for (int x = 0; x < 30; ++x) {
      const auto mean =
        (s.sample(2 * x, 2 * y, 0, 0, 0) + s.sample(2 * x + 1, 2 * y, 0, 0, 0)
         + s.sample(2 * x, 2 * y + 1, 0, 0, 0) + s.sample(2 * x + 1, 2 * y + 1, 0, 0, 0))
        / 4.0;
      REQUIRE(std::abs(half.at(x, y, 0) - mean) <= 0.51);
    }
  const std::vector<std::tuple<std::string, int, int>> table{
    {"full/,20", 30, 20},      {"full/pct:50", 30, 20},    {"full/!15,15", 15, 10},
    {"full/7,31", 7, 31},      {"full/!100,100", 60, 40},  {"10,10,20,20/5,", 5, 5},
    {"full/%5E120,", 120, 80}, {"full/%5E!90,90", 90, 60}, {"full/%5Epct:150", 90, 60},
    {"full/%5E61,41", 61, 41}, {"0,0,1,1/1,1", 1, 1},      {"full/1,", 1, 1},
  };
  for (auto& [parts, width, height] : table) {
    CAPTURE(parts);
    const auto p = iiif_png(iiif_stack(), parts + "/0");
    CHECK(p.width == width);
    CHECK(p.height == height);
  }
  const auto twice = iiif_png(iiif_stack(), "full/%5E120,80/0", grey);
  CHECK(twice.at(21, 33, 0) == s.sample(10, 16, 0, 0, 0));
}

TEST_CASE("iiif: rotation is clockwise, after the mirror") {
  const auto straight = iiif_png(iiif_photo(), "10,5,30,20/max/0");
  const auto right = 29, bottom = 19;
  const auto check_turn = [&](const std::string& rotation, int w, int h, auto origin) {
    CAPTURE(rotation);
    const auto turned = iiif_png(iiif_photo(), "10,5,30,20/max/" + rotation);
    REQUIRE(turned.width == w);
    REQUIRE(turned.height == h);
    for (int y = 0; y < h; ++y)
      for (int x = 0; x < w; ++x)
        for (int c = 0; c < 3; ++c) {
          const auto [column, row] = origin(x, y);
          REQUIRE(turned.at(x, y, c) == straight.at(column, row, c));
        }
  };
  check_turn("90", 20, 30, [&](int x, int y) { return std::pair{y, bottom - x}; });
  check_turn("180", 30, 20, [&](int x, int y) {
    return std::pair{right - x, bottom - y};
  });
  check_turn("270", 20, 30, [&](int x, int y) { return std::pair{right - y, x}; });
  check_turn("!0", 30, 20, [&](int x, int y) { return std::pair{right - x, y}; });
  check_turn("!90", 20, 30, [&](int x, int y) {
    return std::pair{right - y, bottom - x};
  });
  check_turn("!180", 30, 20, [&](int x, int y) { return std::pair{x, bottom - y}; });
  check_turn("!270", 20, 30, [&](int x, int y) { return std::pair{y, x}; });
}

TEST_CASE("iiif: qualities and formats") {
  const auto photo = iiif_png(iiif_photo(), "full/max/0");
  const auto tone = [&](const std::string& quality) {
    const auto a = iiif_3(iiif_photo(), "full/max/0/" + quality + ".png");
    REQUIRE(a.status == 200);
    return decode_png(a.body);
  };
  CHECK(tone("color").rgb == photo.rgb);
  const auto gray = tone("gray"), bitonal = tone("bitonal");
  for (int y = 0; y < photo.height; ++y)
    for (int x = 0; x < photo.width; ++x) {
      const auto luma =
        0.299 * photo.at(x, y, 0) + 0.587 * photo.at(x, y, 1) + 0.114 * photo.at(x, y, 2);
      for (int c = 0; c < 3; ++c) {
        REQUIRE(std::abs(gray.at(x, y, c) - luma) <= 0.51);
        REQUIRE(bitonal.at(x, y, c) == (gray.at(x, y, c) >= 128 ? 255 : 0));
      }
    }
  const auto jpeg = iiif_3(iiif_photo(), "full/max/0/default.jpg");
  CHECK(jpeg.header("Content-Type") == "image/jpeg");
  CHECK(decode_jpeg(jpeg.body).width == 64);
  const auto tiff = iiif_3(iiif_photo(), "full/max/0/default.tif");
  CHECK(tiff.header("Content-Type") == "image/tiff");
  CHECK(tiff.body.starts_with("II"));
}

TEST_CASE("iiif: a tile at each scale factor is the tile of that level") {
  auto& root = shared_server().root();
  const auto levels = pyramid{}.levels();
  for (size_t level = 0; level < 4; ++level) {
    const int factor = 1 << level, step = 256 * factor;
    for (int row = 0; row * step < 1100; ++row)
      for (int column = 0; column * step < 1500; ++column) {
        const auto x = column * step, y = row * step;
        const auto w = std::min(step, 1500 - x), h = std::min(step, 1100 - y);
        const auto asked =
          fmt::format("{},{},{},{}/{},{}/0/default.jpg", x, y, w, h,
                      (w + factor - 1) / factor, (h + factor - 1) / factor);
        CAPTURE(asked);
        const auto tile = iiif_3(iiif_pyramid(), asked);
        REQUIRE(tile.status == 200);
        const auto own =
          root.get(fmt::format("/api/v1/images/{}/tile?level={}&x={}&y={}&z=0&t=0",
                               iiif_pyramid(), level, column, row));
        REQUIRE(own.status == 200);
        CHECK(tile.header("ETag") == own.header("ETag"));
        CHECK(tile.body == own.body);
      }
  }
  // A level has other samples than the means of the one above: which is read shows.
  const auto quarter =
    iiif_png(iiif_pyramid(), "0,0,1024,1024/256,256/0", "?c=1%7C0:255$FFFFFF&m=g");
  CHECK(quarter.at(100, 50, 0) == pyramid{}.sample(100, 50, 2));
  const auto between =
    iiif_png(iiif_pyramid(), "0,0,1024,1024/400,400/0", "?c=1%7C0:255$FFFFFF&m=g");
  CHECK(between.at(200, 100, 0) // shrunk from the finer level
        == doctest::Approx(pyramid{}.sample(256, 128, 1)).epsilon(0.01));
}

TEST_CASE("iiif: a plane is named by the image or by the query") {
  const stack s;
  const std::string grey = "c=2%7C0:255$FFFFFF&m=g";
  const auto value = [&](const std::string& name, const std::string& query) {
    const auto a =
      iiif(fmt::format("3/{}/7,9,1,1/max/0/default.png?{}{}", name, grey, query));
    REQUIRE(a.status == 200);
    return decode_png(a.body).at(0, 0, 0);
  };
  const auto image = iiif_stack();
  CHECK(value(fmt::format("{},2,1", image), "") == s.sample(7, 9, 2, 1, 1));
  CHECK(value(fmt::format("{}", image), "&z=1&t=0") == s.sample(7, 9, 1, 1, 0));
  CHECK(value(fmt::format("{}", image), "&z=0&t=1&p=intmax") == s.sample(7, 9, 2, 1, 1));
  const auto id = address_of(fmt::format("3/{},2,1", image));
  CHECK(iiif(fmt::format("3/{},2,1/info.json", image)).document().at("id") == id);
  CHECK(iiif(fmt::format("3/{},3,0/info.json", image)).status == 400);
  CHECK(iiif(fmt::format("3/{},0/info.json", image)).status == 404);
  CHECK(iiif(fmt::format("3/{}/info.json?t=2", image)).status == 400);
}

TEST_CASE("iiif: a picture's preferred address") {
  const auto image = iiif_stack();
  const auto canonical = [&](const std::string& path) {
    const auto a = iiif_3(image, path);
    REQUIRE(a.status == 200);
    CHECK(has_link(a, "<http://iiif.io/api/image/3/level2.json>;rel=\"profile\""));
    return a;
  };
  const auto link = [&](const std::string& path) {
    return fmt::format("<{}/{}>;rel=\"canonical\"",
                       address_of(fmt::format("3/{}", image)), path);
  };
  CHECK(has_link(canonical("pct:0,0,100,100/pct:50/360/color.jpg"),
                 link("full/30,20/0/default.jpg")));
  CHECK(has_link(canonical("50,30,99,99/10,10/!90.0/gray.png?z=1&c=1%7C0:9$FF0000"),
                 link("50,30,10,10/max/!90/gray.png?z=1&c=1|0:9$FF0000")));
  CHECK(has_link(canonical("full/%5E120,/0/bitonal.tif"),
                 link("full/^120,80/0/bitonal.tif")));
}

TEST_CASE("iiif: what makes no sense is refused, and never a fault of the server") {
  const auto status = [](const std::string& rest) {
    return iiif_3(iiif_stack(), rest).status;
  };
  for (auto rest : {"1,2,3/max/0/default.jpg",
                    "60,0,10,10/max/0/default.jpg",
                    "0,0,0,10/max/0/default.jpg",
                    "-5,0,10,10/max/0/default.jpg",
                    "pct:a,0,5,5/max/0/default.jpg",
                    "whole/max/0/default.jpg",
                    "full/full/0/default.jpg",
                    "full/61,/0/default.jpg",
                    "full/,41/0/default.jpg",
                    "full/pct:101/0/default.jpg",
                    "full/0,/0/default.jpg",
                    "full/a,b/0/default.jpg",
                    "full/%5E99999,99999/0/default.jpg",
                    "full/%5E99999999999,/0/default.jpg",
                    "full/%5Epct:1e9/0/default.jpg",
                    "full/max/45/default.jpg",
                    "full/max/-90/default.jpg",
                    "full/max/x/default.jpg",
                    "full/max/361/default.jpg",
                    "full/max/0/native.jpg",
                    "full/max/0/default.gif",
                    "full/max/0/default",
                    "full/max/0/.jpg",
                    "full/max/0/default.JPG",
                    "full/max/0/default.jpg?z=9",
                    "full/max/0/default.jpg?m=x"}) {
    CAPTURE(rest);
    CHECK(status(rest) == 400);
  }
  CHECK(status("full/max/0") == 404);
  CHECK(status("full/max/0/default.jpg/more") == 404);
  CHECK(status("info.xml") == 404);
  for (auto name : {"999999", "abc", "1abc", "-1", "99999999999999999999", "%20"}) {
    CAPTURE(name);
    CHECK(iiif(fmt::format("3/{}/info.json", name)).status == 404);
    CHECK(iiif(fmt::format("3/{}/full/max/0/default.jpg", name)).status == 404);
  }
  CHECK(iiif("4/1/info.json").status == 404);
}

TEST_CASE("iiif: who may not see an image gets none of it") {
  const auto path = fmt::format("/iiif/3/{}/info.json", iiif_stack());
  auto nobody = shared_server().nobody();
  CHECK(nobody.get(path).status == 401);
  auto stranger = shared_server().add_user("iiif-stranger");
  CHECK(stranger.get(path).status == 404);
  CHECK(
    stranger.get(fmt::format("/iiif/3/{}/full/max/0/default.jpg", iiif_stack())).status
    == 404);
}

TEST_CASE("iiif: a picture that is known is not sent again") {
  const auto path = fmt::format("3/{}/full/30,/90/gray.jpg", iiif_stack());
  const auto first = iiif(path);
  REQUIRE(first.status == 200);
  CHECK(iiif(path, {{"If-None-Match", first.header("ETag")}}).status == 304);
  CHECK(iiif_3(iiif_stack(), "full/30,/270/gray.jpg").header("ETag")
        != first.header("ETag"));
}

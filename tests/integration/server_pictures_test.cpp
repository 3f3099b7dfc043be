// Pictures of a harder kind, and samples in numbers.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>

using namespace troupe::test;

namespace {

std::string path_of(int64_t image, const std::string& rest) {
  return fmt::format("/api/v1/images/{}{}", image, rest);
}

int64_t stack_image() {
  static const auto image =
    import_image(shared_server().root(), "pictures.ome.tif", stack{}.bytes());
  return image;
}

int64_t pyramid_image() {
  static const auto image =
    import_image(shared_server().root(), "pictures.tif", pyramid{}.bytes());
  return image;
}

decoded png_of(const std::string& rest) {
  const auto a = shared_server().root().get(path_of(stack_image(), rest + "&format=png"));
  REQUIRE(a.status == 200);
  return decode_png(a.body);
}

int status_of(const std::string& rest) {
  return shared_server().root().get(path_of(stack_image(), rest)).status;
}

json cache_of_tiles() {
  const auto status = shared_server().status();
  for (auto& c : status.at("caches"))
    if (c.at("name") == "tiles")
      return c;
  return {};
}

} // namespace

TEST_CASE("pictures: projections of planes, regions, tiles and thumbnails") {
  const stack s;
  const std::string grey = "&c=1%7C0:255$FFFFFF&m=g";
  CHECK(png_of("/plane?z=0&t=0&p=intmax" + grey).at(5, 7, 0) == s.sample(5, 7, 2, 0, 0));
  CHECK(png_of("/plane?z=0&t=0&p=intmean%7C0:2" + grey).at(5, 7, 0)
        == s.sample(5, 7, 1, 0, 0));
  CHECK(
    png_of("/plane?z=0&t=1&x=3&y=2&width=4&height=4&p=intsum%7C0:1" + grey).at(1, 1, 0)
    == std::min(255, s.sample(4, 3, 0, 0, 1) + s.sample(4, 3, 1, 0, 1)));
  CHECK(png_of("/tile?level=0&x=0&y=0&z=0&t=0&p=intmax%7C1:1" + grey).at(9, 9, 1)
        == s.sample(9, 9, 1, 0, 0));
  auto& root = shared_server().root();
  const auto flat = root.get(path_of(stack_image(), "/thumbnail?z=0&t=0" + grey));
  const auto high =
    root.get(path_of(stack_image(), "/thumbnail?z=0&t=0&p=intmax" + grey));
  REQUIRE(high.status == 200);
  CHECK(decode_jpeg(high.body).at(20, 20, 0) > decode_jpeg(flat.body).at(20, 20, 0) + 10);
  CHECK(status_of("/plane?z=0&t=0&p=intmax%7C0:3") == 400);
  CHECK(status_of("/plane?z=0&t=0&p=intmin") == 400);
}

TEST_CASE("pictures: a table instead of a colour, built in or from the folder") {
  auto& server = shared_server();
  std::filesystem::create_directories(server.data() / "luts");
  std::ofstream{server.data() / "luts/only_green.lut", std::ios::binary}
    << std::string(256, '\0') + std::string(256, '\x63') + std::string(256, '\0');
  std::this_thread::sleep_for(std::chrono::milliseconds{2100}); // folders are read seldom
  const auto names = server.root().read("/api/v1/luts");
  const auto has = [&](const std::string& name) {
    for (auto& i : names.at("items"))
      if (i.at("name") == name)
        return true;
    return false;
  };
  CHECK(has("fire.lut"));
  CHECK(has("only_green.lut"));
  const auto green = png_of("/plane?z=0&t=0&c=1%7C0:255$only_green.lut");
  CHECK(green.at(5, 5, 0) == 0);
  CHECK(green.at(5, 5, 1) == 0x63);
  CHECK(png_of("/plane?z=0&t=0&c=1%7C0:255$fire.lut").rgb != green.rgb);
  const auto strip = decode_png(server.root().get("/api/v1/luts/preview").body);
  CHECK(strip.width == 256);
  CHECK(strip.height
        == static_cast<int>(names.at("items").size())
             * names.at("stripHeight").get<int>());
}

TEST_CASE("pictures: a split view has a panel for each channel and one for all") {
  const auto split = png_of("/split?z=0&t=0&c=1%7C0:255$FF0000,2%7C0:255$00FF00&m=c");
  const stack s; // three panels: two columns, two rows, border 2
  CHECK(split.width == 2 * 60 + 3 * 2);
  CHECK(split.height == 2 * 40 + 3 * 2);
  CHECK(split.at(0, 0, 0) == 255);
  CHECK(split.at(2 + 5, 2 + 6, 0) == s.sample(5, 6, 0, 0, 0));
  CHECK(split.at(2 + 62 + 5, 2 + 6, 0) == 0);
  CHECK(split.at(2 + 62 + 5, 2 + 6, 1) == s.sample(5, 6, 0, 1, 0));
  CHECK(split.at(2 + 5, 2 + 42 + 6, 1) == s.sample(5, 6, 0, 1, 0));
  CHECK(status_of("/split?z=0&t=0&level=1") == 404);
}

TEST_CASE("pictures: a hundred channels in one address") {
  std::string c;
  for (int i = 1; i <= 100; ++i)
    c +=
      fmt::format("{}{}%7C{}:{}$0000FF", i > 1 ? "," : "", i, 0.125 * i, 12345.678 * i);
  CHECK(status_of("/plane?z=0&t=0&c=" + c) == 200);
}

TEST_CASE("samples: a histogram counts every sample of the plane") {
  auto& root = shared_server().root();
  const auto h = root.read(path_of(stack_image(), "/histogram?c=1&z=2&t=0&bins=16"));
  CHECK(h.at("counts").size() == 16);
  CHECK(h.at("level") == 0);
  int64_t total = 0;
  for (int64_t n : h.at("counts"))
    total += n;
  CHECK(total == 60 * 40);
  CHECK(h.at("min") == stack{}.sample(0, 0, 0, 1, 0));
  CHECK(h.at("max") == stack{}.sample(59, 39, 2, 1, 1));
  CHECK(status_of("/histogram?c=2") == 400);
  CHECK(status_of("/histogram?c=0&bins=0") == 400);
  CHECK(status_of("/histogram?c=0&level=1") == 404);
}

TEST_CASE("samples: a histogram of the whole image is there without being counted") {
  auto& root = shared_server().root();
  const stack s;
  const auto h = root.read(path_of(stack_image(), "/histogram?c=1"));
  CHECK(h.at("whole") == true);
  CHECK(h.at("exact") == true);
  CHECK(h.at("z").is_null());
  CHECK(h.at("min") == s.sample(0, 0, 0, 1, 0));
  CHECK(h.at("max") == s.sample(59, 39, 2, 1, 1));
  REQUIRE(h.at("counts").size() == 256);
  int64_t total = 0;
  for (int64_t n : h.at("counts"))
    total += n;
  CHECK(total == 60 * 40 * 3 * 2);
  CHECK(h.at("counts")[0] == 1); // the smallest is at one place only
  CHECK(root.read(path_of(stack_image(), "/histogram?c=1&bins=256")) == h);
  CHECK(root.read(path_of(stack_image(), "/histogram?c=1&z=0")).at("whole") == false);
}

TEST_CASE("samples: rows and columns as they are") {
  auto& root = shared_server().root();
  const stack s;
  const auto row = root.read(path_of(stack_image(), "/line?row=3&z=1&t=1"));
  REQUIRE(row.at("channels").size() == 2);
  CHECK(row.at("channels")[1].at("samples").size() == 60);
  CHECK(row.at("channels")[1].at("samples")[7] == s.sample(7, 3, 1, 1, 1));
  const auto column = root.read(path_of(stack_image(), "/line?column=4&c=0&z=0&t=0"));
  REQUIRE(column.at("channels").size() == 1);
  CHECK(column.at("channels")[0].at("samples").size() == 40);
  CHECK(column.at("channels")[0].at("samples")[9] == s.sample(4, 9, 0, 0, 0));
  CHECK(status_of("/line?row=40") == 400);
  CHECK(status_of("/line") == 400);
  CHECK(status_of("/line?row=1&column=1") == 400);
}

TEST_CASE("samples: statistics of a shape, channel by channel") {
  auto& root = shared_server().root();
  const stack s;
  const auto measure = [&](const json& shape) {
    return root.make(path_of(stack_image(), "/shape-statistics?z=0&t=0"), shape)
      .at("channels");
  };
  const auto box =
    measure({{"type", "rectangle"}, {"x", 10}, {"y", 20}, {"width", 2}, {"height", 1}});
  REQUIRE(box.size() == 2);
  CHECK(box[0].at("points") == 2);
  CHECK(box[0].at("min") == s.sample(10, 20, 0, 0, 0));
  CHECK(box[0].at("max") == s.sample(11, 20, 0, 0, 0));
  CHECK(box[1].at("sum") == s.sample(10, 20, 0, 1, 0) + s.sample(11, 20, 0, 1, 0));
  const auto nothing = measure({{"type", "point"}, {"x", -50}, {"y", 5}});
  CHECK(nothing[0].at("points") == 0);
  CHECK(nothing[0].at("mean").is_null());
  CHECK(root.post(path_of(stack_image(), "/shape-statistics"), {{"type", "cloud"}}).status
        == 400);
}

TEST_CASE("tiles: the file's own size, decoded once, and the cache says so") {
  auto& root = shared_server().root();
  const auto i = root.read(path_of(pyramid_image(), ""));
  CHECK(i.at("tileSize") == json{{"width", 256}, {"height", 256}});
  const auto tile = path_of(pyramid_image(), "/tile?level=0&x=1&y=1&z=0&t=0");
  REQUIRE(root.get(tile).status == 200);
  const auto before = cache_of_tiles();
  CHECK(before.at("entries") > 0);
  CHECK(before.at("bytes") > 0);
  CHECK(before.at("limit") == 256 << 20);
  CHECK(root.get(tile + "&c=1%7C3:99$FF0000").status == 200);
  const auto after = cache_of_tiles();
  CHECK(after.at("hits") > before.at("hits"));
  CHECK(after.at("misses") == before.at("misses"));
}

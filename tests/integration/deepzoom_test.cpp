// Deep Zoom as viewers use it.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// 1500 x 1100 and its halves: Deep Zoom's levels 11, 10, 9 and 8.
int64_t deepzoom_pyramid() {
  static const auto image =
    import_image(shared_server().root(), "deepzoom.tif", pyramid{}.bytes());
  return image;
}

int64_t deepzoom_stack() {
  static const auto image =
    import_image(shared_server().root(), "deepzoom.ome.tif", stack{}.bytes());
  return image;
}

answer deepzoom(const std::string& path) {
  return shared_server().root().get("/deepzoom/" + path);
}

} // namespace

TEST_CASE("deepzoom: the description") {
  const auto a = deepzoom(fmt::format("{}.dzi", deepzoom_pyramid()));
  CHECK(a.status == 200);
  CHECK(a.header("Content-Type") == "application/xml");
  CHECK(a.body.find("<Image xmlns=\"http://schemas.microsoft.com/deepzoom/2008\" "
                    "Format=\"jpg\" Overlap=\"0\" TileSize=\"256\">")
        != a.body.npos);
  CHECK(a.body.find("<Size Width=\"1500\" Height=\"1100\"/>") != a.body.npos);
  const auto png = deepzoom(fmt::format("{},1,0.dzi?format=png", deepzoom_stack()));
  CHECK(png.body.find("Format=\"png\" Overlap=\"0\" TileSize=\"512\"") != png.body.npos);
}

TEST_CASE("deepzoom: every tile of every level has its size, ours where they coincide") {
  auto& root = shared_server().root();
  for (int level = 0; level <= 11; ++level) {
    const int factor = 1 << (11 - level);
    const int width = (1500 + factor - 1) / factor, height = (1100 + factor - 1) / factor;
    for (int row = 0; row * 256 < height; ++row)
      for (int column = 0; column * 256 < width; ++column) {
        CAPTURE(level);
        const auto tile = deepzoom(
          fmt::format("{}_files/{}/{}_{}.jpg", deepzoom_pyramid(), level, column, row));
        REQUIRE(tile.status == 200);
        CHECK(tile.header("Content-Type") == "image/jpeg");
        const auto picture = decode_jpeg(tile.body);
        CHECK(picture.width == std::min(256, width - column * 256));
        CHECK(picture.height == std::min(256, height - row * 256));
        if (level < 8)
          continue;
        const auto own =
          root.get(fmt::format("/api/v1/images/{}/tile?level={}&x={}&y={}&z=0&t=0",
                               deepzoom_pyramid(), 11 - level, column, row));
        CHECK(tile.header("ETag") == own.header("ETag"));
        CHECK(tile.body == own.body);
      }
    CHECK(deepzoom(fmt::format("{}_files/{}/{}_0.jpg", deepzoom_pyramid(), level,
                               (width + 255) / 256))
            .status
          == 404);
  }
  CHECK(deepzoom(fmt::format("{}_files/12/0_0.jpg", deepzoom_pyramid())).status == 404);
}

TEST_CASE("deepzoom: planes and channels as asked for") {
  const stack s;
  const auto value = [&](const std::string& name, const std::string& query) {
    const auto a =
      deepzoom(fmt::format("{}_files/6/0_0.png?c=2%7C0:255$FFFFFF&m=g{}", name, query));
    REQUIRE(a.status == 200);
    return decode_png(a.body).at(7, 9, 0);
  };
  const auto image = deepzoom_stack();
  CHECK(value(fmt::format("{}", image), "&z=2&t=1") == s.sample(7, 9, 2, 1, 1));
  CHECK(value(fmt::format("{},1,0", image), "") == s.sample(7, 9, 1, 1, 0));
  CHECK(value(fmt::format("{}", image), "&z=0&t=0&p=intmax") == s.sample(7, 9, 2, 1, 0));
}

TEST_CASE("deepzoom: what makes no sense is refused") {
  const auto image = deepzoom_stack();
  for (auto rest : {"6/0_0.gif", "6/0.jpg", "6/0_0", "6/_.jpg", "6/-1_0.jpg", "x/0_0.jpg",
                    "6/a_b.jpg", "6/0_0_0.jpg", "-1/0_0.jpg", "6/0_0.jpg?z=3"}) {
    CAPTURE(rest);
    CHECK(deepzoom(fmt::format("{}_files/{}", image, rest)).status == 400);
  }
  for (auto path : {"999999.dzi", "abc.dzi", ".dzi", "1.xml", "999999_files/0/0_0.jpg",
                    "1/0/0_0.jpg", "1_files/0/0/0.jpg"}) {
    CAPTURE(path);
    CHECK(deepzoom(path).status == 404);
  }
  CHECK(deepzoom(fmt::format("{}.dzi?format=tiff", image)).status == 400);
  auto nobody = shared_server().nobody();
  CHECK(nobody.get(fmt::format("/deepzoom/{}.dzi", image)).status == 401);
  auto stranger = shared_server().add_user("deepzoom-stranger");
  CHECK(stranger.get(fmt::format("/deepzoom/{}.dzi", image)).status == 404);
  CHECK(stranger.get(fmt::format("/deepzoom/{}_files/0/0_0.jpg", image)).status == 404);
}

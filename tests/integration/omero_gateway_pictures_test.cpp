// Pictures by OMERO's addresses: the same as by our own, where both can say the same.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

int64_t gateway_stack() {
  static const auto image =
    import_image(shared_server().root(), "gateway.ome.tif", stack{}.bytes());
  return image;
}

int64_t gateway_pyramid() {
  static const auto image =
    import_image(shared_server().root(), "gateway.tif", pyramid{}.bytes());
  return image;
}

answer gateway(const std::string& rest) {
  return shared_server().root().get("/webgateway/" + rest);
}

answer own_picture(int64_t image, const std::string& rest) {
  return shared_server().root().get(fmt::format("/api/v1/images/{}/{}", image, rest));
}

void check_same(const answer& theirs, const answer& ours) {
  REQUIRE(theirs.status == 200);
  REQUIRE(ours.status == 200);
  CHECK(theirs.header("Content-Type") == ours.header("Content-Type"));
  CHECK(theirs.body == ours.body);
}

const std::string two_channels = "c=1%7C0:255$FF0000,2%7C0:255$00FF00";

} // namespace

TEST_CASE("omero pictures: a plane is the same JPEG as by our own address") {
  const auto id = gateway_stack();
  check_same(gateway(fmt::format("render_image/{}/1/1/", id)),
             own_picture(id, "plane?z=1&t=1"));
  check_same(gateway(fmt::format("render_image/{}/?{}&m=c&q=0.5", id, two_channels)),
             own_picture(id, "plane?z=1&t=0&m=c&q=0.5&" + two_channels));
  check_same(gateway(fmt::format("render_image/{}/2/", id)),
             own_picture(id, "plane?z=2&t=0"));
  check_same(
    shared_server().root().get(fmt::format("/webclient/render_image/{}/0/0/", id)),
    own_picture(id, "plane?z=0&t=0"));
}

TEST_CASE("omero pictures: channels count from 1, and those not listed are off") {
  const stack s;
  const auto id = gateway_stack();
  const auto shown = [&](const std::string& query) {
    return decode_png(
      gateway(fmt::format("render_image/{}/0/0/?format=png&{}", id, query)).body);
  };
  const auto second = shown("c=2%7C0:255$FFFFFF&m=c");
  CHECK(second.at(5, 7, 0) == s.sample(5, 7, 0, 1, 0));
  CHECK(shown("c=-1%7C0:255$FF0000,2%7C0:255$FFFFFF").rgb == second.rgb);
  CHECK(shown("c=2%7C0:255$FFF").rgb == second.rgb);
  CHECK(shown("c=2%7C0:255$FFFF").rgb == second.rgb);
  CHECK(shown("c=2%7C0:255$ffffffff").rgb == second.rgb);
  CHECK(shown("c=x,2%7C0:255$FFFFFF&m=zzz&q=9").rgb == second.rgb);
  const auto grey = shown(two_channels + "&m=g");
  CHECK(grey.at(5, 7, 1) == s.sample(5, 7, 0, 0, 0));
}

TEST_CASE("omero pictures: an entry of maps belongs to an item of c") {
  const stack s;
  const auto id = gateway_stack();
  const auto shown = [&](const std::string& maps) {
    return decode_png(gateway(fmt::format("render_image/{}/0/0/?format=png&c=2%7C0:255"
                                          "$FFFFFF&maps={}",
                                          id, escaped(maps)))
                        .body)
      .at(5, 7, 0);
  };
  const int plain = s.sample(5, 7, 0, 1, 0);
  CHECK(shown(R"([{"inverted":{"enabled":true}}])") == 255 - plain);
  CHECK(shown(R"([{"inverted":{"enabled":"true"}}])") == 255 - plain);
  CHECK(shown(R"([{"reverse":{"enabled":true}}])") == 255 - plain);
  CHECK(shown(R"([{}])") == plain);
  CHECK(shown(R"([{"inverted":{"enabled":false}},{"inverted":{"enabled":true}}])")
        == plain);
  CHECK(shown("[{") == plain);
  const auto curved =
    shown(R"([{"quantization":{"family":"polynomial","coefficient":2.0}}])");
  CHECK(curved < plain);
}

TEST_CASE("omero pictures: projections are of whole planes and stay inside the stack") {
  const stack s;
  const auto id = gateway_stack();
  const std::string grey = "format=png&c=1%7C0:255$FFFFFF&m=g";
  const auto at = [&](const std::string& rest) {
    return decode_png(gateway(rest + grey).body).at(5, 7, 0);
  };
  const auto plane = fmt::format("render_image/{}/0/0/?", id);
  CHECK(at(plane + "p=intmax&") == s.sample(5, 7, 2, 0, 0));
  CHECK(at(plane + "p=intmax%7C0:1&") == s.sample(5, 7, 1, 0, 0));
  CHECK(at(plane + "p=intmax%7C-5:99&") == s.sample(5, 7, 2, 0, 0));
  CHECK(at(plane + "p=sideways&") == s.sample(5, 7, 0, 0, 0));
  const auto region = fmt::format("render_image_region/{}/0/0/?region=0,0,60,40&", id);
  CHECK(at(region + "p=intmax&") == s.sample(5, 7, 0, 0, 0));
}

TEST_CASE("omero pictures: tiles count levels from full size and are cut at edges") {
  const pyramid p;
  const auto id = gateway_pyramid();
  const std::string grey = "&format=png&c=1%7C0:255$FFFFFF&m=g";
  const auto part = [&](const std::string& what) {
    return gateway(fmt::format("render_image_region/{}/0/0/?{}{}", id, what, grey));
  };
  const auto first = decode_png(part("tile=0,1,2,256,256").body);
  CHECK(first.width == 256);
  CHECK(first.at(3, 4, 0) == p.sample(256 + 3, 2 * 256 + 4, 0));
  const auto half = decode_png(part("tile=1,1,0,200,100").body);
  CHECK(half.width == 200);
  CHECK(half.height == 100);
  CHECK(half.at(7, 8, 0) == p.sample(200 + 7, 8, 1));
  const auto edge = decode_png(part("tile=0,2,1,700,700").body);
  CHECK(edge.width == 100);
  CHECK(edge.height == 400);
  const auto most = decode_png(part("tile=0,0,0,5000,5000").body);
  CHECK(most.width == 1024);
  CHECK(most.height == 1024);
  const auto own = decode_png(part("tile=0,0,0").body);
  const auto told = gateway(fmt::format("imgData/{}/tile_size/", id)).document();
  CHECK(own.width == told.at("width"));
  CHECK(decode_png(part("tile=0,0,0,0,-1").body).height == told.at("height"));
  const auto region = decode_png(part("region=1400,1000,500,500").body);
  CHECK(region.width == 100);
  CHECK(region.height == 100);
  CHECK(region.at(9, 9, 0) == p.sample(1409, 1009, 0));
  CHECK(decode_png(part("tile=0,0,0,10,10&region=0,0,30,30").body).width == 10);
  check_same(gateway(fmt::format("render_image_region/{}/0/0/?tile=0,1,1,256,256", id)),
             own_picture(id, "tile?level=0&x=1&y=1&z=0&t=0"));
}

TEST_CASE("omero pictures: what is no part of an image is refused in its way") {
  const auto slide = gateway_pyramid(), flat = gateway_stack();
  const auto part = [&](int64_t image, const std::string& query) {
    return gateway(fmt::format("render_image_region/{}/0/0/{}", image, query));
  };
  for (auto wrong : {"", "?tile=1,2", "?tile=a,b,c", "?tile=-1,0,0", "?tile=99,0,0",
                     "?region=1,2,3", "?region=1,2,3,4,5"}) {
    CAPTURE(wrong);
    const auto refused = part(slide, wrong);
    CHECK(refused.status == 400);
    CHECK(refused.header("Content-Type").starts_with("text/plain"));
  }
  CHECK(part(flat, "?tile=1,0,0").status == 400);
  CHECK(part(flat, "?tile=0,0,0").status == 200);
  CHECK(part(slide, "?tile=0,50,0,256,256").status == 404);
  CHECK(part(slide, "?region=5000,0,10,10").status == 404);
  CHECK(part(flat + 100000, "?tile=0,0,0").status == 404);
  CHECK(gateway(fmt::format("render_image/{}/3/0/", flat)).status == 404);
  CHECK(gateway(fmt::format("render_image/{}/0/x/", flat)).status == 404);
  CHECK(gateway("render_image/abc/").status == 404);
}

TEST_CASE("omero pictures: the strict addresses want everything said") {
  const auto id = gateway_stack();
  const auto status = [&](const std::string& query) {
    return gateway(fmt::format("render_image_rdef/{}/0/0/?{}", id, query)).status;
  };
  CHECK(status(two_channels + "&m=c") == 200);
  CHECK(status(two_channels + "&m=c&maps=" + escaped("[{},{}]")) == 200);
  CHECK(status(two_channels + "&m=c&maps=" + escaped("[{}]")) == 400);
  CHECK(status(two_channels + "&m=c&maps=nonsense") == 400);
  CHECK(status(two_channels) == 400);
  CHECK(status(two_channels + "&m=x") == 400);
  CHECK(status("c=1%7C0:255&m=c") == 400);
  CHECK(status("c=1$FF0000&m=c") == 400);
  CHECK(status("m=c") == 400);
  CHECK(gateway(fmt::format("render_image_region_rdef/{}/0/0/?tile=0,0,0&m=c&{}", id,
                            two_channels))
          .status
        == 200);
}

TEST_CASE("omero pictures: thumbnails have exactly the size asked for, also larger") {
  const auto id = gateway_stack();
  const auto size = [&](const std::string& rest) {
    const auto a = gateway(fmt::format("render_thumbnail/{}/{}", id, rest));
    REQUIRE(a.status == 200);
    CHECK(a.header("Content-Type") == "image/jpeg");
    const auto p = decode_jpeg(a.body);
    return std::pair{p.width, p.height};
  };
  CHECK(size("") == std::pair{96, 64});
  CHECK(size("30/") == std::pair{30, 20});
  CHECK(size("256/") == std::pair{256, 170});
  CHECK(size("50/50/") == std::pair{50, 50});
  CHECK(size("300/10/") == std::pair{300, 10});
  check_same(gateway(fmt::format("render_thumbnail/{}/96/", id)),
             own_picture(id, "thumbnail?size=96"));
  check_same(gateway(fmt::format("render_thumbnail/{}/96/?z=2&t=1", id)),
             own_picture(id, "thumbnail?size=96&z=2&t=1"));
  check_same(gateway(fmt::format("render_birds_eye_view/{}/128/", id)),
             own_picture(id, "thumbnail?size=128"));
  CHECK(gateway("render_thumbnail/987654321/").status == 404);
}

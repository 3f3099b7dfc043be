// OMERO's addresses draw with OMERO's arithmetic, where it differs from ours too.

#include "storage/render/draw.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe;
using namespace troupe::test;

namespace {

int64_t arithmetic_stack() {
  static const auto image =
    import_image(shared_server().root(), "arithmetic.ome.tif", stack{}.bytes());
  return image;
}

decoded picture_at(const std::string& path) {
  const auto a = shared_server().root().get(path);
  REQUIRE(a.status == 200);
  return decode_png(a.body);
}

/// The first channel of the first plane, logarithmic from 0 to 1000, by the engine itself.
std::vector<uint8_t> curved(render::profile rules) {
  const auto samples = stack{}.plane(0, 0, 0);
  const render::settings s{.channels = {{.index = 0,
                                         .start = 0,
                                         .end = 1000,
                                         .color = {255, 255, 255, 255},
                                         .curve = render::family::logarithmic}},
                           .profile = rules};
  raw_plane plane{stack::width, stack::height, pixel_type::uint16};
  plane.samples =
    shared_bytes{std::vector<uint8_t>{samples.begin(), samples.end()}};
  return render::draw(s, {plane}, {stack::width, stack::height}).rgb;
}

} // namespace

TEST_CASE("omero arithmetic: levels are those of profile omero, ours those of fixed") {
  const auto id = arithmetic_stack();
  const auto curve = escaped(R"([{"quantization":{"family":"logarithmic",)"
                             R"("coefficient":1.0}}])");
  const auto look = "c=1%7C0:1000$FFFFFF&m=c&format=png&maps=" + curve;
  const auto omero = curved(render::profile::omero), fixed = curved(render::profile::fixed);
  REQUIRE(omero != fixed);
  for (auto address : {"render_image/{}/0/0/?", "render_image_region/{}/0/0/?region="
                                                "0,0,60,40&"})
    CHECK(picture_at("/webgateway/" + fmt::format(fmt::runtime(address), id) + look).rgb
          == omero);
  CHECK(picture_at(fmt::format("/api/v1/images/{}/plane?z=0&t=0&", id) + look).rgb
        == fixed);
}

TEST_CASE("omero arithmetic: mean and sum leave out the last section, as OMERO does") {
  const stack s;
  const auto id = arithmetic_stack();
  const std::string grey = "&format=png&c=1%7C0:255$FFFFFF&m=g";
  const auto theirs = [&](const std::string& p) {
    return picture_at(fmt::format("/webgateway/render_image/{}/0/0/?p={}{}", id, p, grey))
      .at(5, 7, 0);
  };
  const auto first = s.sample(5, 7, 0, 0, 0), second = s.sample(5, 7, 1, 0, 0);
  CHECK(theirs("intmax%7C0:1") == second);
  CHECK(theirs("intsum%7C0:1") == first);
  CHECK(theirs("intmean%7C0:2") == (first + second) / 2);
  const auto ours = picture_at(
    fmt::format("/api/v1/images/{}/plane?z=0&t=0&p=intmean%7C0:2{}", id, grey));
  CHECK(ours.at(5, 7, 0) == second);
}

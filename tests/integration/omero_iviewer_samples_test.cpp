// Samples and statistics as OMERO's viewer asks for them.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>

using namespace troupe::test;

namespace {

struct sample_table {
  omero_person who;
  stack made;
  int64_t image = 0;

  explicit sample_table(const std::string& login)
    : who{omero_newcomer("iviewer." + login, "private")},
      image{import_image(who.own, "cell.ome.tif", made.bytes())} {}

  json read(const std::string& query) { return who.omero.read("/iviewer/" + query); }
  int64_t shape(const json& what) {
    return who.own
      .make(fmt::format("/api/v1/images/{}/rois", image),
            {{"rois", {{{"shapes", {what}}}}}})
      .at("created")
      .at(0)
      .at("shapes")
      .at(0);
  }
};

} // namespace

TEST_CASE("omero iviewer samples: 51 by 51 around a point, cut at the edges") {
  sample_table at{"intensity"};
  const auto found = at.read(
    fmt::format("get_intensity/?image={}&x=30.7&y=20.2&z=1.9&t=1&c=0,1&_=17", at.image));
  // 60 x 40: columns 5 to 55, rows 0 to 39.
  CHECK(found.at("count") == 51 * 40 * 2);
  CHECK(found.at("pixels").size() == 51 * 40);
  for (auto [x, y] : {std::pair{5, 0}, {55, 39}, {30, 20}}) {
    const auto& pixel = found.at("pixels").at(fmt::format("{}-{}", x, y));
    CHECK(pixel
          == json{{"0", at.made.sample(x, y, 1, 0, 1)},
                  {"1", at.made.sample(x, y, 1, 1, 1)}});
    CHECK(pixel.at("0").is_number_integer());
  }
  const auto corner =
    at.read(fmt::format("get_intensity?image={}&x=0&y=0&z=0&t=0&c=1", at.image));
  CHECK(corner.at("count") == 26 * 26);
  CHECK(corner.at("pixels").at("25-25").at("1") == at.made.sample(25, 25, 0, 1, 0));
  CHECK(!corner.at("pixels").contains("26-0"));
}

TEST_CASE("omero iviewer samples: mistakes are told with 200, a missing image with 404") {
  sample_table at{"intensity.errors"};
  const auto here = fmt::format("get_intensity/?image={}", at.image);
  for (auto query :
       {"&y=0&z=0&t=0&c=0", "&x=60&y=0&z=0&t=0&c=0", "&x=-1&y=0&z=0&t=0&c=0",
        "&x=0&y=0&z=3&t=0&c=0", "&x=0&y=0&z=0&t=2&c=0", "&x=0&y=0&z=0&t=0&c=2",
        "&x=0&y=0&z=0&t=0&c=a", "&x=0&y=0&z=0&t=0", "&x=one&y=0&z=0&t=0&c=0"}) {
    CAPTURE(query);
    const auto told = at.read(here + query);
    CHECK(told.at("error").is_string());
    CHECK(!told.contains("pixels"));
  }
  CHECK(at.read("get_intensity/").contains("error"));
  CHECK(
    at.who.omero.get("/iviewer/get_intensity/?image=999999999&x=0&y=0&z=0&t=0&c=0").status
    == 404);
}

TEST_CASE("omero iviewer samples: statistics are those of the shape's own plane") {
  sample_table at{"stats"};
  const auto attached = at.shape(
               {{"kind", "rectangle"}, {"geometry", {10, 5, 4, 2}}, {"z", 2}, {"t", 1}}),
             free = at.shape({{"kind", "point"}, {"geometry", {3, 4}}}),
             outside = at.shape({{"kind", "rectangle"}, {"geometry", {-50, -50, 4, 2}}});
  const auto found = at.read(
    fmt::format("shape_stats/?ids={},7:{},{}&z=0&t=0&cs=1,0", attached, free, outside));
  double sum = 0, squares = 0;
  for (int y : {5, 6})
    for (int x : {10, 11, 12, 13}) {
      const double s = at.made.sample(x, y, 2, 1, 1);
      sum += s;
      squares += s * s;
    }
  const auto& box = found.at(std::to_string(attached));
  REQUIRE(box.size() == 2);
  CHECK(box.at(0).at("index") == 1);
  CHECK(box.at(0).at("points") == 8);
  CHECK(box.at(0).at("min") == at.made.sample(10, 5, 2, 1, 1));
  CHECK(box.at(0).at("max") == at.made.sample(13, 6, 2, 1, 1));
  CHECK(box.at(0).at("sum") == sum);
  CHECK(box.at(0).at("mean") == sum / 8);
  CHECK(box.at(0).at("std_dev").get<double>()
        == doctest::Approx(std::sqrt((squares - sum * sum / 8) / 7)));
  CHECK(box.at(1).at("index") == 0);
  const auto& point = found.at(std::to_string(free)).at(1);
  CHECK(point.at("points") == 1);
  CHECK(point.at("max") == at.made.sample(3, 4, 0, 0, 0));
  CHECK(point.at("std_dev") == 0);
  CHECK(found.at(std::to_string(outside)).at(0).at("points") == 0);
  CHECK(at.read(fmt::format("shape_stats?ids={}&z=0&t=0", free))
        == json{{std::to_string(free), json::array()}});
}

TEST_CASE("omero iviewer samples: statistics that cannot be had say why") {
  sample_table at{"stats.errors"};
  const auto shape = at.shape({{"kind", "point"}, {"geometry", {3, 4}}});
  const auto second = import_image(at.who.own, "other.ome.tif", stack{5}.bytes());
  const auto elsewhere =
    at.who.own
      .make(fmt::format("/api/v1/images/{}/rois", second),
            {{"rois", {{{"shapes", {{{"kind", "point"}, {"geometry", {3, 4}}}}}}}}})
      .at("created")
      .at(0)
      .at("shapes")
      .at(0)
      .get<int64_t>();
  for (auto query :
       {fmt::format("ids={},{}&z=0&t=0&cs=0", shape, elsewhere),
        fmt::format("ids={}&z=3&t=0&cs=0", shape),
        fmt::format("ids={}&z=0&t=2&cs=0", shape),
        fmt::format("ids={}&z=0&t=0&cs=2", shape), fmt::format("ids={}&t=0&cs=0", shape),
        std::string{"z=0&t=0&cs=0"}, std::string{"ids=a&z=0&t=0&cs=0"}}) {
    CAPTURE(query);
    CHECK(at.read("shape_stats/?" + query).at("error").is_string());
  }
  const auto big = import_image(at.who.own, "big.tif", pyramid{}.bytes());
  at.image = big;
  const auto tiled = at.shape({{"kind", "point"}, {"geometry", {3, 4}}});
  CHECK(at.read(fmt::format("shape_stats/?ids={}&z=0&t=0&cs=0", tiled))
          .at("error")
          .get<std::string>()
          .find("tiled")
        != std::string::npos);
}

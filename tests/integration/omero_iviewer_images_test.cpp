// What OMERO's viewer opens images with, and the images it makes.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

using namespace troupe::test;

namespace {

struct open_image {
  omero_person who;
  stack made;
  int64_t dataset = 0, image = 0;

  explicit open_image(const std::string& login)
    : who{omero_newcomer("iviewer." + login, "private")} {
    dataset = who.own.make("/api/v1/datasets", {{"name", "of " + login}}).at("id");
    image = import_image(who.own, "cell.ome.tif", made.bytes(), {.dataset = dataset});
  }
  json read(const std::string& what) { return who.omero.read("/iviewer/" + what); }
};

} // namespace

TEST_CASE("omero iviewer images: imgData with what the viewer wants besides") {
  open_image at{"data"};
  const auto found = at.read(fmt::format("image_data/{}/?_=17", at.image));
  auto plain = at.who.omero.read(fmt::format("/webgateway/imgData/{}/", at.image));
  CHECK(found.at("pixel_size").at("unit_x") == 0.65);
  CHECK(found.at("pixel_size").at("symbol_x") == "\u00b5m");
  CHECK(found.at("pixel_size").at("unit_id_y") == "MICROMETER");
  CHECK(found.at("roi_count") == 0);
  CHECK(found.at("families")
        == json{"linear", "polynomial", "exponential", "logarithmic"});
  CHECK(found.at("delta_t_unit_symbol").is_null());
  const auto date = found.at("import_date").get<std::string>();
  REQUIRE(date.size() == 19);
  CHECK(date[10] == ' ');
  CHECK(date.starts_with("20"));
  // All else is the same.
  for (auto& [key, value] : plain.items())
    if (key != "pixel_size")
      CHECK(found.at(key) == value);
  CHECK(found.at("meta").at("datasetId") == at.dataset);
  CHECK(found.at("meta").at("wellId") == "");
  for (auto axis : {"x", "y", "z"})
    CHECK(found.at("pixel_size").at(axis) == plain.at("pixel_size").at(axis));
}

TEST_CASE("omero iviewer images: those of a region or a shape, and none") {
  open_image at{"regions"};
  const auto drawn =
    at.who.own
      .make(
        fmt::format("/api/v1/images/{}/rois", at.image),
        {{"rois",
          json::array(
            {{{"shapes", json::array({{{"kind", "point"}, {"geometry", {1, 2}}}})}}})}})
      .at("created")
      .at(0);
  const auto by_roi =
    at.read(fmt::format("roi/{}/image_data/", drawn.at("id").get<int64_t>()));
  CHECK(by_roi.at("id") == at.image);
  CHECK(by_roi.at("roi_count") == 1);
  CHECK(
    at.read(fmt::format("shape/{}/image_data/", drawn.at("shapes").at(0).get<int64_t>()))
    == by_roi);
  for (auto path : {"image_data", "roi", "shape"}) {
    CAPTURE(path);
    const auto missing =
      at.who.omero.get(std::string{path} == "image_data"
                         ? "/iviewer/image_data/999999999/"
                         : fmt::format("/iviewer/{}/999999999/image_data/", path));
    CHECK(missing.status == 404);
    CHECK(missing.document() == json{{"error", "Image not found"}});
  }
  auto other = omero_newcomer("iviewer.regions.other", "private");
  CHECK(other.omero.get(fmt::format("/iviewer/image_data/{}/", at.image)).status == 404);
}

TEST_CASE("omero iviewer images: as many times as time points") {
  open_image at{"times"};
  const auto found = at.read(fmt::format("image_data/{}/delta_t/", at.image));
  CHECK(found.at("delta_t").size() == stack::times);
  CHECK(found.at("delta_t_unit_symbol") == "s");
  CHECK(found.at("image_id") == std::to_string(at.image));
  const auto still = import_image(at.who.own, "still.png", picture_specimen{}.png());
  CHECK(at.read(fmt::format("image_data/{}/delta_t/", still))
        == json{{"delta_t", json::array()},
                {"delta_t_unit_symbol", nullptr},
                {"image_id", std::to_string(still)}});
}

TEST_CASE("omero iviewer images: the fields of a well, in order and by page") {
  open_image at{"wells"};
  const auto plate =
    at.who.own.make("/api/v1/plates", {{"name", "p"}, {"rows", 1}, {"columns", 1}})
      .at("id")
      .get<int64_t>();
  std::vector<int64_t> images;
  auto fields = json::array();
  for (auto name : {"c.png", "a.png", "b.png"}) {
    images.push_back(import_image(at.who.own, name, picture_specimen{}.png()));
    fields.push_back({{"row", 0}, {"column", 0}, {"image", images.back()}});
  }
  at.who.own.put(fmt::format("/api/v1/plates/{}/fields", plate), {{"fields", fields}});
  const auto well = at.who.own.read(fmt::format("/api/v1/plates/{}", plate))
                      .at("wells")
                      .at(0)
                      .at("id")
                      .get<int64_t>();
  const auto all = at.read(fmt::format("well_images/?id={}&offset=0&limit=10", well));
  CHECK(all.at("meta").at("totalCount") == 3);
  CHECK(omero_ids(all.at("data")) == omero_id_list(images.begin(), images.end()));
  CHECK(all.at("data").at(1).at("Name") == "a.png");
  const auto last = at.read(fmt::format("well_images?id={}&offset=2&limit=10", well));
  CHECK(omero_ids(last.at("data")) == omero_id_list{images[2]});
  CHECK(at.read(fmt::format("image_data/{}/", images[0])).at("meta").at("wellId")
        == well);
  CHECK(at.who.omero.get("/iviewer/well_images/?id=999999999").status == 404);
}

TEST_CASE("omero iviewer images: a projection becomes an image of its own") {
  open_image at{"projection"};
  const auto saved = at.read(
    fmt::format("save_projection/?image={}&projection=intmax&start=0&end=1&dataset={}",
                at.image, at.dataset));
  REQUIRE(saved.at("id").is_number_integer());
  const auto id = saved.at("id").get<int64_t>();
  const auto made = at.who.own.read(fmt::format("/api/v1/images/{}", id));
  CHECK(made.at("name") == "cell.ome_proj.tif");
  CHECK(made.at("sizeZ") == 1);
  CHECK(made.at("sizeC") == stack::channels);
  CHECK(made.at("sizeT") == stack::times);
  const auto words = made.at("description").get<std::string>();
  CHECK(words.find("cell.ome.tif") != std::string::npos);
  CHECK(words.find(fmt::format("Image:{}", at.image)) != std::string::npos);
  CHECK(words.find("1-2") != std::string::npos);
  const auto listed =
    at.who.omero.data(fmt::format("/api/v0/m/datasets/{}/images/", at.dataset));
  CHECK(omero_ids(listed) == omero_id_list{at.image, id});
  // The brightest of sections 0 and 1 is section 1, of every channel and time point.
  for (int c = 0; c < stack::channels; ++c)
    for (int t = 0; t < stack::times; ++t)
      CHECK(pixels(at.who.own, id, fmt::format("z=0&c={}&t={}", c, t))
            == at.made.plane(1, c, t));
  const auto data = at.who.omero.read(fmt::format("/webgateway/imgData/{}/", id));
  const auto source = at.who.omero.read(fmt::format("/webgateway/imgData/{}/", at.image));
  for (size_t c = 0; c < 2; ++c) {
    CHECK(data.at("channels").at(c).at("label")
          == source.at("channels").at(c).at("label"));
    CHECK(data.at("channels").at(c).at("color")
          == source.at("channels").at(c).at("color"));
    CHECK(data.at("channels").at(c).at("window").at("start")
          == source.at("channels").at(c).at("window").at("start"));
  }
  CHECK(data.at("pixel_size").at("x") == 0.65);
}

TEST_CASE("omero iviewer images: mean and sum are projected too, mistakes are told") {
  open_image at{"projections"};
  const auto path = fmt::format("save_projection?image={}", at.image);
  auto first_sample = [&](const std::string& how) {
    const auto id =
      at.read(path + "&projection=" + how + "&start=0&end=2").at("id").get<int64_t>();
    const auto plane = pixels(at.who.own, id, "z=0&c=1&t=1");
    return static_cast<uint8_t>(plane[0]) + 256 * static_cast<uint8_t>(plane[1]);
  };
  const auto middle = at.made.sample(0, 0, 1, 1, 1);
  CHECK(first_sample("intmean") == middle);
  CHECK(first_sample("intsum") == 3 * middle);
  for (auto query : {"&projection=best&start=0&end=1", "&projection=intmax&start=0&end=3",
                     "&projection=intmax&start=2&end=1", "&projection=intmax&end=1",
                     "&projection=intmax&start=0&end=1&dataset=999999999"}) {
    CAPTURE(query);
    const auto told = at.who.omero.get("/iviewer/" + path + query);
    CHECK(told.document().at("error").is_string());
    CHECK(told.status == (std::string{query}.ends_with("999") ? 404 : 200));
  }
  CHECK(
    at.who.omero
      .get("/iviewer/save_projection/?image=999999999&projection=intmax&start=0&end=0")
      .status
    == 404);
}

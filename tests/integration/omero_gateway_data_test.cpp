// What OMERO's addresses tell of an image, value by value.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <set>

using namespace troupe::test;

namespace {

std::set<std::string> keys_of(const json& object) {
  std::set<std::string> out;
  for (auto& [key, value] : object.items())
    out.insert(key);
  return out;
}

json image_data(int64_t image, const std::string& rest = "") {
  return shared_server().root().read(
    fmt::format("/webgateway/imgData/{}/{}", image, rest));
}

} // namespace

TEST_CASE("omero image data: every key of a stack") {
  auto& root = shared_server().root();
  const auto id = import_image(root, "data.ome.tif", stack{}.bytes(),
                               {.project = "Data project", .dataset = "Data dataset"});
  const auto ours = root.read(fmt::format("/api/v1/images/{}", id));
  const auto d = image_data(id);
  CHECK(keys_of(d)
        == std::set<std::string>{"id", "meta", "perms", "tiles", "interpolate",
                                 "init_zoom", "size", "pixel_size", "pixel_range",
                                 "channels", "split_channel", "rdefs"});
  CHECK(d.at("id") == id);
  const auto meta = d.at("meta");
  CHECK(meta.at("imageName") == ours.at("name"));
  CHECK(meta.at("imageDescription") == "");
  CHECK(meta.at("imageAuthor") == ours.at("owner").at("name"));
  CHECK(meta.at("imageArchived") == false);
  CHECK(meta.at("imageId") == id);
  CHECK(meta.at("pixelsType") == "uint16");
  CHECK(meta.at("projectName") == "Data project");
  CHECK(meta.at("projectDescription") == "");
  CHECK(meta.at("datasetName") == "Data dataset");
  CHECK(meta.at("datasetId") == ours.at("datasets")[0].at("id"));
  CHECK(meta.at("datasetDescription") == "");
  CHECK(meta.at("wellSampleId") == "");
  CHECK(meta.at("wellId") == "");
  const auto now = static_cast<double>(std::time(nullptr));
  CHECK(std::abs(meta.at("imageTimestamp").get<double>() - now) < 3600);
  CHECK(
    d.at("perms")
    == json{
      {"canAnnotate", true}, {"canEdit", true}, {"canDelete", true}, {"canLink", true}});
  CHECK(d.at("tiles") == false);
  CHECK(d.at("size")
        == json{{"width", 60}, {"height", 40}, {"z", 3}, {"t", 2}, {"c", 2}});
  CHECK(d.at("pixel_size").at("x").get<double>() == doctest::Approx(0.65));
  CHECK(d.at("pixel_size").at("z").get<double>() == doctest::Approx(2));
  CHECK(d.at("pixel_range") == json{0, 65535});
  CHECK(d.at("split_channel").at("g")
        == json{{"width", 60 * 2 + 6},
                {"height", 40 + 4},
                {"border", 2},
                {"gridx", 2},
                {"gridy", 1}});
  CHECK(d.at("split_channel").at("c")
        == json{{"width", 60 * 2 + 6},
                {"height", 80 + 6},
                {"border", 2},
                {"gridx", 2},
                {"gridy", 2}});
  CHECK(d.at("rdefs")
        == json{{"model", ours.at("model")},
                {"projection", "normal"},
                {"defaultZ", ours.at("defaultZ")},
                {"defaultT", 0},
                {"invertAxis", false}});
  REQUIRE(d.at("channels").size() == 2);
  const auto dapi = d.at("channels")[0], told = ours.at("channels")[0];
  CHECK(keys_of(dapi)
        == std::set<std::string>{"emissionWave", "label", "color", "inverted",
                                 "reverseIntensity", "family", "coefficient", "window",
                                 "active"});
  CHECK(dapi.at("label") == "DAPI");
  CHECK(dapi.at("color") == "0000FF");
  CHECK(dapi.at("inverted") == false);
  CHECK(dapi.at("reverseIntensity") == false);
  CHECK(dapi.at("family") == "linear");
  CHECK(dapi.at("coefficient") == 1.0);
  CHECK(dapi.at("active") == true);
  CHECK(dapi.at("window").at("start") == told.at("window").at("start"));
  CHECK(dapi.at("window").at("end") == told.at("window").at("end"));
  CHECK(dapi.at("window").at("min") == told.at("min"));
  CHECK(dapi.at("window").at("max") == told.at("max"));
}

TEST_CASE("omero image data: levels of a pyramid begin with the full size") {
  const auto id = import_image(shared_server().root(), "data.tif", pyramid{}.bytes());
  const auto d = image_data(id);
  const auto levels = pyramid{}.levels();
  CHECK(d.at("tiles") == true);
  CHECK(d.at("levels") == levels.size());
  CHECK(d.at("tile_size") == json{{"width", 256}, {"height", 256}});
  CHECK(d.at("resolutions").at("0") == json{{"sizeX", 1500}, {"sizeY", 1100}});
  CHECK(d.at("zoomLevelScaling").at("0") == 1.0);
  CHECK(d.at("zoomLevelScaling").at("1").get<double>() == doctest::Approx(0.5));
  CHECK(d.at("resolutions").size() == levels.size());
  CHECK(d.at("pixel_range") == json{0, 255});
  CHECK(d.at("meta").at("projectName") == "Multiple");
  CHECK(d.at("meta").at("projectId") == nullptr);
}

TEST_CASE("omero image data: one value by its dotted name") {
  const auto id = import_image(shared_server().root(), "dotted.ome.tif", stack{}.bytes());
  CHECK(image_data(id, "size/") == image_data(id).at("size"));
  CHECK(image_data(id, "rdefs.model/") == image_data(id).at("rdefs").at("model"));
  CHECK(image_data(id, "channels") == image_data(id).at("channels"));
  CHECK(image_data(id, "size.depth/") == nullptr);
  CHECK(image_data(id, "nothing/") == nullptr);
  const auto wrapped = shared_server().root().get(
    fmt::format("/webgateway/imgData/{}/size.c/?callback=tell", id));
  CHECK(wrapped.header("Content-Type") == "application/javascript");
  CHECK(wrapped.body == "tell(2)");
  const auto missing = shared_server().root().get("/webgateway/imgData/987654321/");
  CHECK(missing.status == 404);
  CHECK(missing.body == "Image:987654321 not found");
}

TEST_CASE("omero image data: defaults are those of the import") {
  auto& root = shared_server().root();
  const auto id = import_image(root, "defaults.ome.tif", stack{}.bytes());
  const auto before = image_data(id);
  auto mine = root.read(fmt::format("/api/v1/images/{}/settings", id));
  mine["model"] = "greyscale";
  mine["z"] = 2;
  mine["channels"][0]["window"] = {{"start", 5}, {"end", 50}};
  mine["channels"][0]["lut"] = "fire.lut";
  mine["channels"][1]["inverted"] = true;
  REQUIRE(root.put(fmt::format("/api/v1/images/{}/settings", id), mine).status == 200);
  const auto after = image_data(id);
  CHECK(after.at("rdefs").at("model") == "greyscale");
  CHECK(after.at("rdefs").at("defaultZ") == 2);
  CHECK(after.at("channels")[0].at("window").at("end") == 50);
  CHECK(after.at("channels")[0].at("lut") == "fire.lut");
  CHECK(after.at("channels")[1].at("reverseIntensity") == true);
  const auto first = image_data(id, "?getDefaults=true");
  CHECK(first.at("channels") == before.at("channels"));
  CHECK(first.at("rdefs") == before.at("rdefs"));
}

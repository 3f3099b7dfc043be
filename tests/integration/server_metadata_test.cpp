// What files say beyond their pixels, imported through a running server and read back.

#include "tests/support/running_server.hpp"
#include "tests/support/test_data.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <map>

using namespace troupe::test;

namespace {

bool skipped() {
  if (std::filesystem::exists(data_folder() / "MANIFEST.json"))
    return false;
  MESSAGE("skipped: no test data at " << data_folder().string());
  return true;
}

/// Imports a file of the test data. @returns its images.
std::vector<int64_t> import_file(api& who, const std::string& path) {
  const auto name = std::filesystem::path{path}.filename().string();
  const auto import = import_bytes(who, name, text_of_file(data_folder() / path));
  REQUIRE(import.at("state") == "done");
  std::vector<int64_t> ids;
  for (auto& image : import.at("results").at(0).at("images"))
    ids.push_back(image.at("id"));
  return ids;
}

json of_image(api& who, int64_t image, const std::string& what) {
  return who.read(fmt::format("/api/v1/images/{}/{}", image, what));
}

const json& the_one(const json& items, const std::string& kind) {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](auto& x) { return x.at("kind") == kind; });
  REQUIRE(found != items.end());
  return *found;
}

std::string well_name(const json& well) {
  return fmt::format("{}{}", static_cast<char>('A' + well.at("row").get<int>()),
                     well.at("column").get<int>() + 1);
}

/// The plate an image is in: the only one listed after it was imported.
json plate_of(api& who, int64_t image) {
  json found;
  const auto plates = who.read("/api/v1/plates?limit=1000");
  for (auto& p : plates.at("items")) {
    auto plate = who.read(fmt::format("/api/v1/plates/{}", p.at("id").get<int64_t>()));
    for (auto& well : plate.at("wells"))
      for (auto& field : well.at("fields"))
        if (field.at("image") == image)
          found = plate;
  }
  return found;
}

} // namespace

TEST_CASE("metadata: regions, instruments and annotations come back from a server") {
  if (skipped())
    return;
  auto& root = shared_server().root();
  const std::string path = "ometiff/roi_annotations.ome.tif";
  const auto image = import_file(root, path).at(0);
  const auto wanted = entries_by_path().at(path).at("expectMetadata");

  const auto rois = of_image(root, image, "rois?limit=1000");
  CHECK(rois.at("total") == wanted.at("ROI"));
  std::map<std::string, int> shapes;
  for (auto& roi : rois.at("items"))
    for (auto& shape : roi.at("shapes"))
      ++shapes[shape.at("kind")];
  for (auto& [kind, count] : wanted.at("shapes").items()) {
    auto lower = kind;
    lower[0] = static_cast<char>(lower[0] + 32);
    CHECK_MESSAGE(shapes[lower] == count, kind);
  }
  CHECK(rois.at("items").at(0).at("description") == "a described ROI");
  CHECK(rois.at("items").at(0).at("shapes").at(0).at("bounds")
        == json{10.5, 20.25, 40.5, 60.25});

  const auto metadata = of_image(root, image, "metadata");
  const auto& objective = the_one(metadata.at("instrument").at("parts"), "Objective");
  CHECK(objective.at("attributes").at("Model") == wanted.at("objective").at("model"));
  CHECK(objective.at("attributes").at("WorkingDistance")
        == json{{"value", 190.0}, {"unit", "µm"}});
  const auto& stage = the_one(metadata.at("settings"), "StageLabel").at("attributes");
  CHECK(stage.at("X").at("value") == wanted.at("stageLabel").at("x"));
  CHECK(metadata.at("channels").at(0).at("attributes").at("Fluor") == "Hoechst");
  CHECK(metadata.at("planes").at("deltaT").size() == wanted.at("Plane"));
  CHECK(metadata.at("planes").at("exposure").at(0) == 0.1);
  CHECK(!metadata.at("facts").empty());
}

TEST_CASE("metadata: annotations keep their values, links and attached files") {
  if (skipped())
    return;
  auto& root = shared_server().root();
  const std::string path = "ometiff/roi_annotations.ome.tif";
  const auto image = import_file(root, path).at(0);
  const auto wanted = entries_by_path().at(path).at("expectMetadata");
  const auto items = of_image(root, image, "annotations").at("items");
  CHECK(items.size() == 12);
  auto pairs = json::array();
  for (auto& pair : the_one(items, "map").at("value"))
    pairs.push_back({pair.at("k"), pair.at("v")});
  CHECK(pairs == wanted.at("mapAnnotation"));
  CHECK(the_one(items, "long").at("value") == wanted.at("longAnnotation"));
  CHECK(the_one(items, "boolean").at("value") == true);
  CHECK(the_one(items, "timestamp").at("value") == "2020-02-29T23:59:59.000000Z");
  CHECK(the_one(items, "comment").at("on").size() == 5); // image, channels, a region
  const auto& file = the_one(items, "file");
  CHECK(file.at("file").at("sha256") == wanted.at("fileAnnotation").at("sha256"));
  const auto bytes =
    root.get(fmt::format("/api/v1/annotations/{}/file", file.at("id").get<int64_t>()));
  CHECK(bytes.status == 200);
  CHECK(bytes.body.size() == wanted.at("fileAnnotation").at("size"));
  const auto set = std::find_if(items.begin(), items.end(), [](auto& x) {
    return x.at("namespace") == "openmicroscopy.org/omero/insight/tagset";
  });
  REQUIRE(set != items.end());
  const auto& tag = the_one(items, "tag");
  const json on_set{{"kind", "annotation"}, {"id", set->at("id")}};
  CHECK(std::count(tag.at("on").begin(), tag.at("on").end(), on_set) == 1);
}

TEST_CASE("metadata: plates of TIFF and XML have their wells, fields and runs") {
  if (skipped())
    return;
  auto& root = shared_server().root();
  const auto entries = entries_by_path();
  const std::string tiff = "plate/plate_8x12_sparse_two_runs.ome.tif";
  const auto images = import_file(root, tiff);
  const auto wanted = entries.at(tiff).at("expectMetadata");
  const auto plate = plate_of(root, images.at(0));
  auto names = json::array();
  for (auto& well : plate.at("wells"))
    names.push_back(well_name(well));
  CHECK(names == wanted.at("wells"));
  CHECK(plate.at("rows") == 8);
  CHECK(plate.at("runs").size() == wanted.at("plateAcquisitions"));
  CHECK(plate.at("wells").at(0).at("fields").size() == 4);
  CHECK(plate.at("wells").at(0).at("reagents").size() == 1);
  REQUIRE(plate.at("screens").size() == 1);
  const auto screen = plate.at("screens").at(0).at("id").get<int64_t>();
  CHECK(root.read(fmt::format("/api/v1/screens/{}/plates", screen)).at("total") == 1);
  // Images of fields are no orphans.
  const auto orphans = root.read("/api/v1/images?orphaned=true&limit=1000");
  for (auto& orphan : orphans.at("items"))
    CHECK(std::find(images.begin(), images.end(), orphan.at("id").get<int64_t>())
          == images.end());

  const std::string xml = "omexml/2016-06/two-screens-two-plates-four-wells.ome.xml";
  const auto more = import_file(root, xml);
  CHECK(more.size() == entries.at(xml).at("expectMetadata").at("Image"));
  const auto first = plate_of(root, more.front()), last = plate_of(root, more.back());
  CHECK(first.at("wells").size() + last.at("wells").size()
        == entries.at(xml).at("expectMetadata").at("Well"));
}

TEST_CASE("metadata: OME-XML is the file's own, or made from what is stored") {
  if (skipped())
    return;
  auto& root = shared_server().root();
  const auto image = import_file(root, "ometiff/roi_annotations.ome.tif").at(0);
  const auto own = root.get(fmt::format("/api/v1/images/{}/ome.xml", image));
  CHECK(own.status == 200);
  CHECK(own.body.find("Lovelace-Ünïcode") != std::string::npos);
  const auto plain = import_file(root, "raster/gray.jpg").at(0);
  const auto made = root.get(fmt::format("/api/v1/images/{}/ome.xml", plain));
  CHECK(made.status == 200);
  CHECK(made.body.find("<MetadataOnly") != std::string::npos);
}

TEST_CASE("metadata: others see nothing of it in a private group") {
  if (skipped())
    return;
  auto& server = shared_server();
  const auto image = import_file(server.root(), "ometiff/roi_annotations.ome.tif").at(0);
  auto stranger = server.add_user("metadata-stranger");
  for (auto what : {"metadata", "rois", "annotations", "ome.xml"})
    CHECK(stranger.get(fmt::format("/api/v1/images/{}/{}", image, what)).status == 404);
  const auto plates =
    import_file(server.root(), "plate/plate_8x12_sparse_two_runs.ome.tif");
  const auto plate = plate_of(server.root(), plates.at(0)).at("id").get<int64_t>();
  CHECK(stranger.get(fmt::format("/api/v1/plates/{}", plate)).status == 404);
  CHECK(stranger.read("/api/v1/plates").at("total") == 0);
}

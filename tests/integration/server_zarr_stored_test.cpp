// Images that came as an OME-Zarr: the same files come back.

#include "tests/support/running_server.hpp"
#include "tests/support/sent_files.hpp"
#include "tests/support/test_data.hpp"
#include "tests/support/zarr_reading.hpp"
#include "tests/unit/storage/zarr_writer.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// A 16-bit image of 2 channels and 6 x 4 pixels, of chunks 4 x 4, with labels; the
/// second chunk of channel 1 is not stored.
sent_files small_zarr() {
  const auto array = zarr2({2, 4, 6}, {1, 4, 4}, ">u2");
  auto about = multiscale("cyx", {"full"}, nullptr);
  about["omero"] = {{"channels", json::array({{{"label", "a"}}, {{"label", "b"}}})}};
  about["mine"] = {{"kept", true}};
  const auto chunk = [](char c) { return std::string(32, c); };
  return {{"small.zarr/.zgroup", R"({"zarr_format":2})"},
          {"small.zarr/.zattrs", about.dump()},
          {"small.zarr/full/.zarray", array.dump(4)},
          {"small.zarr/full/0/0/0", chunk('\1')},
          {"small.zarr/full/0/0/1", chunk('\2')},
          {"small.zarr/full/1/0/0", chunk('\3')},
          {"small.zarr/labels/.zgroup", R"({"zarr_format":2})"},
          {"small.zarr/labels/.zattrs", R"({"labels":["cells"]})"},
          {"small.zarr/labels/cells/.zgroup", R"({"zarr_format":2})"},
          {"small.zarr/labels/cells/.zattrs", multiscale("yx", {"0"}).dump()},
          {"small.zarr/labels/cells/0/.zarray", zarr2({4, 6}, {4, 6}, "|u1").dump()},
          {"small.zarr/labels/cells/0/0/0", std::string(24, '\7')}};
}

std::vector<int64_t> imported_images(const sent_files& files) {
  const auto import = import_files(shared_server().root(), files);
  REQUIRE_MESSAGE(import.at("state") == "done", import.dump());
  std::vector<int64_t> ids;
  for (auto& result : import.at("results"))
    for (auto& image : result.value("images", json::array()))
      ids.push_back(image.at("id"));
  return ids;
}

std::string stored_key(const char* version, int64_t image, const std::string& key) {
  return fmt::format("/zarr/{}/images/{}.zarr/{}", version, image, key);
}

} // namespace

TEST_CASE("zarr: what is stored in that version comes back byte for byte") {
  auto& root = shared_server().root();
  const auto files = small_zarr();
  const auto image = imported_images(files).at(0);
  for (auto& [name, bytes] : files) {
    const auto key = name.substr(name.find('/') + 1);
    if (key == ".zattrs")
      continue;
    const auto got = root.get(stored_key("v0.4", image, key));
    CHECK_MESSAGE(got.status == 200, key);
    CHECK_MESSAGE(got.body == bytes, key);
  }
  CHECK(root.get(stored_key("v0.4", image, "full/1/0/1")).status == 404);
  CHECK(root.get(stored_key("v0.4", image, "full/0")).status == 404);
  CHECK(root.get(stored_key("v0.4", image, "0/.zarray")).status == 404);
  const auto about = root.read(stored_key("v0.4", image, ".zattrs"));
  CHECK(about.at("multiscales")[0].at("datasets")[0].at("path") == "full");
  CHECK(about.at("mine").at("kept") == true);
  CHECK(about.at("omero").at("id") == image);
  CHECK(about.at("omero").at("channels")[1].at("label") == "b");
  const auto path = stored_key("v0.4", image, "full/0/0/1");
  const auto part = root.get(path, {{"Range", "bytes=-4"}});
  CHECK(part.status == 206);
  CHECK(part.body == std::string(4, '\2'));
  const auto whole = root.get(path);
  CHECK(root.get(path, {{"If-None-Match", whole.header("ETag")}}).status == 304);
}

TEST_CASE("zarr: what is stored in another version is made") {
  auto& root = shared_server().root();
  const auto image = imported_images(small_zarr()).at(0);
  zarr_reading array{root, stored_key("v0.5", image, "0")};
  CHECK(array.shape == std::array<int64_t, 5>{1, 2, 1, 4, 6});
  CHECK(array.plane(0, 0, 0) == pixels(root, image, "z=0&c=0&t=0"));
  CHECK(array.plane(0, 1, 0) == pixels(root, image, "z=0&c=1&t=0"));
}

TEST_CASE("zarr: labels are images, and have their group's files") {
  auto& root = shared_server().root();
  const auto images = imported_images(small_zarr());
  REQUIRE(images.size() == 2);
  CHECK(root.get(stored_key("v0.4", images[1], "0/0/0")).body == std::string(24, '\7'));
  // Masks drawn here are labels beside them.
  const json mask{{"kind", "mask"}, {"geometry", {0, 0, 4, 2}}, {"mask", "/w=="}};
  const auto region =
    root
      .make(fmt::format("/api/v1/images/{}/rois", images[0]),
            {{"rois", json::array({{{"shapes", json::array({mask})}}})}})
      .at("created")[0]
      .at("id")
      .get<int64_t>();
  CHECK(root.read(stored_key("v0.4", images[0], "labels/.zattrs")).at("labels")
        == json::array({"cells", "rois"}));
  CHECK(root.get(stored_key("v0.4", images[0], "labels/cells/0/0/0")).status == 200);
  zarr_reading drawn{root, stored_key("v0.4", images[0], "labels/rois/0")};
  CHECK(static_cast<uint8_t>(drawn.plane(0, 0, 0)[0]) == (region & 0xff));
}

TEST_CASE("zarr: where originals may not leave, chunks are made") {
  start_options closed;
  closed.environment = {{"TROUPE_DOWNLOAD_POLICY", "-read,-write,-image"}};
  running_server server{closed};
  auto ada = server.add_user("ada");
  const auto import = import_files(ada, small_zarr());
  const auto image = import.at("results")[0].at("images")[0].at("id").get<int64_t>();
  CHECK(ada.get(stored_key("v0.4", image, "full/.zarray")).status == 404);
  zarr_reading array{ada, stored_key("v0.4", image, "0")};
  CHECK(array.plane(0, 1, 0) == pixels(ada, image, "z=0&c=1&t=0"));
}

TEST_CASE("zarr: real folders come back as they are") {
  const auto folder = data_folder() / "omezarr";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: no test data at " << folder.string());
    return;
  }
  auto& root = shared_server().root();
  for (auto [name, version] : {std::pair{"blobs_image_v04.ome.zarr", "v0.4"},
                               std::pair{"blobs_image_v05.ome.zarr", "v0.5"},
                               std::pair{"human_3ch_cyx.ome.zarr", "v0.4"},
                               std::pair{"dna_tczyx_be.ome.zarr", "v0.4"}}) {
    CAPTURE(std::string{name});
    const auto files = files_under(folder / name);
    const auto image = imported_images(files).at(0);
    const auto of_group =
      std::string{version} == "v0.4" ? std::string{".zattrs"} : std::string{"zarr.json"};
    size_t compared = 0;
    for (auto& [path, bytes] : files) {
      const auto key = path.substr(path.find('/') + 1);
      if (key == of_group)
        continue;
      const bool same = root.get(stored_key(version, image, key)).body == bytes;
      CHECK_MESSAGE(same, key);
      ++compared;
    }
    CHECK(compared > 1);
  }
}

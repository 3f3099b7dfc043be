// Images as OME-Zarr: what their metadata says, and every sample against /pixels.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/zarr_reading.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

std::string zarr_of(const char* version, int64_t image, const std::string& key) {
  return fmt::format("/zarr/{}/images/{}.zarr/{}", version, image, key);
}

int64_t zarr_stack() {
  static const auto image =
    import_image(shared_server().root(), "stack.ome.tif", stack{}.bytes());
  return image;
}

int64_t zarr_pyramid() {
  static const auto image =
    import_image(shared_server().root(), "pyramid.tif", pyramid{}.bytes());
  return image;
}

/// Every plane of every level, in one version.
void check_samples(int64_t image, const char* version) {
  auto& root = shared_server().root();
  const auto about = root.read(fmt::format("/api/v1/images/{}", image));
  const auto levels = about.at("levels").size();
  for (size_t level = 0; level < levels; ++level) {
    zarr_reading array{root, zarr_of(version, image, std::to_string(level))};
    CHECK(array.shape
          == std::array<int64_t, 5>{about.at("sizeT"), about.at("sizeC"),
                                    about.at("sizeZ"),
                                    about.at("levels")[level].at("height"),
                                    about.at("levels")[level].at("width")});
    for (int t = 0; t < array.shape[0]; ++t)
      for (int c = 0; c < array.shape[1]; ++c)
        for (int z = 0; z < array.shape[2]; ++z) {
          const auto at = fmt::format("z={}&c={}&t={}&level={}", z, c, t, level);
          const bool same = array.plane(t, c, z) == pixels(root, image, at);
          CHECK_MESSAGE(same, at);
        }
  }
}

json attributes(const char* version, int64_t image) {
  auto& root = shared_server().root();
  return std::string{version} == "v0.4"
           ? root.read(zarr_of(version, image, ".zattrs"))
           : root.read(zarr_of(version, image, "zarr.json")).at("attributes").at("ome");
}

} // namespace

TEST_CASE("zarr: a stack has its axes, scales, channels and samples in both versions") {
  for (auto version : {"v0.4", "v0.5"}) {
    CAPTURE(version);
    const auto about = attributes(version, zarr_stack());
    const auto& scales = about.at("multiscales")[0];
    std::string axes;
    for (auto& axis : scales.at("axes"))
      axes += axis.at("name").get<std::string>();
    CHECK(axes == "tczyx");
    CHECK(scales.at("axes")[4].at("unit") == "micrometer");
    CHECK_FALSE(scales.at("axes")[1].contains("unit"));
    CHECK(scales.at("datasets").size() == 1);
    const auto& transform = scales.at("datasets")[0].at("coordinateTransformations")[0];
    CHECK(transform.at("scale")[4] == 0.65);
    CHECK(transform.at("scale")[3] == 0.65);
    const auto& channels = about.at("omero").at("channels");
    REQUIRE(channels.size() == 2);
    CHECK(channels[0].at("label") == "DAPI");
    CHECK(channels[0].at("color") == "0000FF");
    CHECK(channels[1].at("label") == "GFP");
    CHECK(channels[1].at("color") == "00FF00");
    CHECK(channels[1].at("window").at("max") == stack{}.sample(59, 39, 2, 1, 1));
    CHECK(about.at("omero").at("rdefs").at("model") == "color");
    check_samples(zarr_stack(), version);
  }
  zarr_reading array{shared_server().root(), zarr_of("v0.4", zarr_stack(), "0")};
  CHECK(array.type == "<u2");
  CHECK(array.plane(1, 1, 2) == stack{}.plane(2, 1, 1));
}

TEST_CASE("zarr: a pyramid is a dataset for each level, each with its scale") {
  const pyramid file;
  for (auto version : {"v0.4", "v0.5"}) {
    const auto scales = attributes(version, zarr_pyramid()).at("multiscales")[0];
    REQUIRE(scales.at("datasets").size() == file.levels().size());
    for (size_t level = 0; level < file.levels().size(); ++level) {
      const auto& set = scales.at("datasets")[level];
      CHECK(set.at("path") == std::to_string(level));
      CHECK(set.at("coordinateTransformations")[0].at("scale")[4] == 1 << level);
      zarr_reading array{shared_server().root(),
                         zarr_of(version, zarr_pyramid(), std::to_string(level))};
      const bool same = array.plane(0, 0, 0) == file.plane(level);
      CHECK(same);
    }
  }
}

TEST_CASE("zarr: a colour picture has three channels of one plane") {
  const picture_specimen file;
  const auto image = import_image(shared_server().root(), "zarr.png", file.png());
  zarr_reading array{shared_server().root(), zarr_of("v0.4", image, "0")};
  CHECK(array.type == "|u1");
  REQUIRE(array.shape[1] == 3);
  for (int c = 0; c < 3; ++c)
    CHECK(array.plane(0, c, 0) == file.plane(c));
  const auto channels = attributes("v0.4", image).at("omero").at("channels");
  CHECK(channels[0].at("color") == "FF0000");
  CHECK(channels[2].at("color") == "0000FF");
}

TEST_CASE("zarr: one file tells of all others") {
  auto& root = shared_server().root();
  const auto all =
    root.read(zarr_of("v0.4", zarr_pyramid(), ".zmetadata")).at("metadata");
  CHECK(all.at(".zgroup").at("zarr_format") == 2);
  CHECK(all.at(".zattrs") == attributes("v0.4", zarr_pyramid()));
  CHECK(all.at("2/.zarray") == root.read(zarr_of("v0.4", zarr_pyramid(), "2/.zarray")));
  const auto inside = root.read(zarr_of("v0.5", zarr_pyramid(), "zarr.json"))
                        .at("consolidated_metadata")
                        .at("metadata");
  CHECK(inside.at("2") == root.read(zarr_of("v0.5", zarr_pyramid(), "2/zarr.json")));
}

TEST_CASE("zarr: files may be kept, and are asked for again by their tag") {
  auto& root = shared_server().root();
  for (auto key : {".zattrs", "0/.zarray", "0/1/1/2/0/0"}) {
    const auto path = zarr_of("v0.4", zarr_stack(), key);
    const auto got = root.get(path);
    REQUIRE(got.status == 200);
    CHECK(got.header("Cache-Control").starts_with("private, max-age="));
    const auto again = root.get(path, {{"If-None-Match", got.header("ETag")}});
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    const auto head = root.head(path);
    CHECK(head.status == 200);
    CHECK(head.header("ETag") == got.header("ETag"));
    CHECK(head.header("Content-Length") == std::to_string(got.body.size()));
  }
}

TEST_CASE("zarr: what is no file of it is not found") {
  auto& root = shared_server().root();
  for (auto key : {"0", "x", "0/0/0/0/0", "0/0/0/0/0/1", "0/2/0/0/0/0", "0/0/0/3/0/0",
                   "0/-1/0/0/0/0", "0/00/0/0/0/0", "1/0/0/0/0/0", "0/0/0/0/0/99999999999",
                   "0/0/0/0/0/2147483647", "1/.zarray", "0/.zgroup", ".zarray",
                   "zarr.json", "labels/.zattrs", "0/c/0/0/0/0/0"}) {
    CAPTURE(key);
    CHECK(root.get(zarr_of("v0.4", zarr_stack(), key)).status == 404);
  }
  CHECK(root.get(zarr_of("v0.5", zarr_stack(), "0/0/0/0/0/0")).status == 404);
  CHECK(root.get(zarr_of("v0.5", zarr_stack(), ".zattrs")).status == 404);
  CHECK(root.get(zarr_of("v0.3", zarr_stack(), ".zattrs")).status == 404);
  for (auto path : {"/zarr/x", "/zarr/v0.4/images/5", "/zarr/v0.4/images/x.zarr/a",
                    "/zarr/v0.4/images/-1.zarr/.zattrs",
                    "/zarr/v0.4/images/99999999999999999999.zarr/.zattrs"})
    CHECK_MESSAGE(root.get(path).status == 404, path);
}

TEST_CASE("zarr: only who may see an image gets its files") {
  auto& server = shared_server();
  auto stranger = server.add_user("zarr_stranger");
  auto nobody = server.nobody();
  for (auto key : {".zattrs", "0/0/0/0/0/0"}) {
    CHECK(stranger.get(zarr_of("v0.4", zarr_stack(), key)).status == 404);
    CHECK(nobody.get(zarr_of("v0.4", zarr_stack(), key)).status == 401);
  }
}

// Masks drawn on an image as the labels of its OME-Zarr.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/zarr_reading.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstring>

using namespace troupe::test;

namespace {

std::string labels_of(int64_t image, const std::string& key) {
  return fmt::format("/zarr/v0.4/images/{}.zarr/labels/{}", image, key);
}

/// A mask of set bits, a multiple of 24 of them, on one section or on all.
/// @returns its region.
int64_t draw_mask(int64_t image, int x, int y, int width, int height, const json& z) {
  auto& root = shared_server().root();
  const json mask{{"kind", "mask"},
                  {"geometry", {x, y, width, height}},
                  {"mask", std::string(static_cast<size_t>(width * height / 6), '/')},
                  {"fill", 0xff8000ffu},
                  {"z", z}};
  const auto made = root.make(
    fmt::format("/api/v1/images/{}/rois", image),
    {{"rois", json::array({{{"name", "cell"}, {"shapes", json::array({mask})}}})}});
  return made.at("created")[0].at("id");
}

uint32_t label_at(const std::string& plane, int width, int x, int y) {
  uint32_t out = 0;
  std::memcpy(&out, plane.data() + static_cast<size_t>(y * width + x) * 4, 4);
  return out;
}

} // namespace

TEST_CASE("zarr: masks are labels with the ids of their regions") {
  auto& root = shared_server().root();
  const auto image = import_image(root, "masked.ome.tif", stack{}.bytes());
  CHECK(root.get(labels_of(image, ".zattrs")).status == 404);
  const auto first = draw_mask(image, 10, 20, 6, 4, nullptr),
             second = draw_mask(image, 14, 22, 6, 4, 1);
  CHECK(root.read(labels_of(image, ".zattrs")).at("labels") == json::array({"rois"}));
  const auto about = root.read(labels_of(image, "rois/.zattrs"));
  CHECK(about.at("image-label").at("source").at("image") == "../../");
  CHECK(about.at("image-label").at("colors")[0].at("label-value") == first);
  CHECK(about.at("image-label").at("colors")[0].at("rgba")
        == json::array({255, 128, 0, 255}));
  CHECK(about.at("image-label").at("properties")[1].at("name") == "cell");
  CHECK(about.at("multiscales")[0].at("datasets").size() == 1);
  zarr_reading array{root, labels_of(image, "rois/0")};
  CHECK(array.type == "<u4");
  CHECK(array.shape == std::array<int64_t, 5>{2, 1, 3, 40, 60});
  const auto alone = array.plane(0, 0, 0), both = array.plane(1, 0, 1);
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 60; ++x) {
      const auto in_first = x >= 10 && x < 16 && y >= 20 && y < 24;
      const auto in_second = x >= 14 && x < 20 && y >= 22 && y < 26;
      const auto below = in_first ? first : 0;
      CHECK(label_at(alone, 60, x, y) == below);
      CHECK(label_at(both, 60, x, y) == (in_second ? second : below));
    }
}

TEST_CASE("zarr: labels of smaller levels are their middle samples") {
  auto& root = shared_server().root();
  const auto image = import_image(root, "masked.tif", pyramid{.seed = 3}.bytes());
  const auto region = draw_mask(image, 1000, 800, 24, 8, nullptr);
  zarr_reading array{root, labels_of(image, "rois/2")};
  const auto scale = root.read(labels_of(image, "rois/.zattrs"))
                       .at("multiscales")[0]
                       .at("datasets")[2]
                       .at("coordinateTransformations")[0]
                       .at("scale");
  CHECK(scale[4] == 4);
  CHECK(root.get(labels_of(image, "rois/0/0/0/0/0/0")).status == 404); // nothing there
  array.sparse = true;
  const auto plane = array.plane(0, 0, 0);
  const auto width = static_cast<int>(array.shape[4]);
  for (int y = 0; y < array.shape[3]; ++y)
    for (int x = 0; x < width; ++x) {
      const auto inside = x >= 250 && x < 256 && y >= 200 && y < 202;
      CHECK(label_at(plane, width, x, y) == (inside ? region : 0));
    }
}

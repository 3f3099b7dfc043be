// The files that describe a Zarr hierarchy, and the cutting of arrays into chunks.

#include "http/open/zarr/chunk.hpp"
#include "http/open/zarr/image.hpp"
#include "storage/formats/zarr_codec.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::http::zarr;

namespace {

image_details slide() {
  image_details image;
  image.entry = {.id = 7, .name = "slide", .size = {1001, 750, 1, 1, 3}};
  image.physical_x = image.physical_y = formats::quantity{0.5, "µm"};
  image.physical_z = formats::quantity{2, "parsec"};
  image.time_increment = formats::quantity{30, "s"};
  image.channels.push_back({.name = "", .settings = {.start = 3, .end = 99}});
  image.levels = {{1001, 750}, {501, 375}, {100, 75}};
  image.tile = {256, 256};
  return image;
}

json scale_of(const json& multiscales, size_t level) {
  return multiscales[0].at("datasets")[level].at("coordinateTransformations")[0].at(
    "scale");
}

} // namespace

TEST_CASE("zarr: scales are of the pixels of each level") {
  const auto m = multiscales_of(slide(), "slide");
  CHECK(scale_of(m, 0) == json{30.0, 1.0, 2.0, 0.5, 0.5});
  CHECK(scale_of(m, 1) == json{30.0, 1.0, 2.0, 1.0, 1.0}); // 1001 halved is 501
  CHECK(scale_of(m, 2)[3] == 5.0);
  CHECK(scale_of(m, 2)[4] == 5.0);
  const auto& axes = m[0].at("axes");
  CHECK(axes[0].at("unit") == "second");
  CHECK(axes[4].at("unit") == "micrometer");
  CHECK_FALSE(axes[2].contains("unit")); // OME-Zarr has no such unit
}

TEST_CASE("zarr: a level that is no whole part of the image has the scale it has") {
  auto image = slide();
  image.levels = {{1000, 900}, {300, 270}};
  CHECK(scale_of(multiscales_of(image, ""), 1)[4].get<double>()
        == doctest::Approx(0.5 * 1000 / 300));
}

TEST_CASE("zarr: each version writes its own") {
  const auto old = image_hierarchy(slide(), version::v04);
  CHECK(old.at("").attributes.at("multiscales")[0].at("version") == "0.4");
  const auto fresh = image_hierarchy(slide(), version::v05);
  CHECK(fresh.at("").attributes.at("ome").at("version") == "0.5");
  CHECK_FALSE(fresh.at("").attributes.at("ome").at("multiscales")[0].contains("version"));
  const auto array = json::parse(*metadata_file(old, version::v04, "1/.zarray", true));
  CHECK(array.at("shape") == json{3, 1, 1, 375, 501});
  CHECK(array.at("chunks") == json{1, 1, 1, 256, 256});
  CHECK(array.at("dtype") == "|u1");
  const auto small =
    json::parse(*metadata_file(fresh, version::v05, "2/zarr.json", true));
  CHECK(small.at("chunk_grid").at("configuration").at("chunk_shape")
        == json{1, 1, 1, 75, 100});
  CHECK(small.at("data_type") == "uint8");
  CHECK_FALSE(metadata_file(old, version::v04, "zarr.json", true));
  CHECK_FALSE(metadata_file(old, version::v04, ".zmetadata", false));
  CHECK_FALSE(metadata_file(fresh, version::v05, "3/zarr.json", true));
}

TEST_CASE("zarr: a key names a chunk, or nothing") {
  const auto id = chunk_in_key("1/2/0/5/4/3", version::v04);
  REQUIRE(id);
  CHECK(id->level == 1);
  CHECK(id->t == 2);
  CHECK(id->z == 5);
  CHECK(id->row == 4);
  CHECK(id->column == 3);
  CHECK(chunk_in_key("1/c/2/0/5/4/3", version::v05)->column == 3);
  CHECK_FALSE(chunk_in_key("1/c/2/0/5/4/3", version::v04));
  CHECK_FALSE(chunk_in_key("1/2/0/5/4/3", version::v05));
  for (auto key : {"", "1", "1/2/0/5/4", "1/2/0/5/4/", "1/2/0/5/4/03", "1/2/0/5/4/+3",
                   "1/2/0/5/4/3/6", "a/2/0/5/4/3"})
    CHECK_FALSE(chunk_in_key(key, version::v04));
}

TEST_CASE("zarr: a chunk at the edge is whole, with zeros beyond") {
  const array_layout array{{5, 3, 1, 1, 1}, {4, 2}, pixel_type::uint16};
  CHECK(region_of_chunk({.row = 1, .column = 1}, array) == region{4, 2, 1, 1});
  CHECK_FALSE(region_of_chunk({.row = 2}, array));
  CHECK_FALSE(region_of_chunk({.column = 2}, array));
  CHECK_FALSE(region_of_chunk({.z = 1}, array));
  const auto packed = packed_chunk(shared_bytes{{1, 2}}, {1, 1}, array);
  const auto bytes =
    formats::decompress(formats::zarr_codec::blosc, {packed.data(), packed.size()}, 16);
  std::vector<uint8_t> expected(16);
  expected[0] = 1;
  expected[1] = 2;
  CHECK(bytes == expected);
}

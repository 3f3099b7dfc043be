// Which group of a folder each image of it is.

#include "storage/failure.hpp"
#include "storage/formats/ome_zarr_groups.hpp"
#include "tests/unit/storage/zarr_writer.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

namespace {

/// An image of one level "0" without chunks.
void put_group(const std::filesystem::path& folder) {
  put(folder / ".zattrs", multiscale("yx", {"0"}).dump());
  put(folder / "0/.zarray", zarr2({2, 3}, {2, 3}, "|u1").dump());
}

} // namespace

TEST_CASE("ome-zarr groups: fields, with the labels of each behind it") {
  const scratch_folder folder;
  const json field{{"path", "0"}}, well{{"path", "A/1"}}, row{{"name", "A"}},
    column{{"name", "1"}};
  const json plate{{"rows", json::array({row})},
                   {"columns", json::array({column})},
                   {"wells", json::array({well})}};
  put(folder / "p.zarr/.zattrs", json{{"plate", plate}}.dump());
  put(folder / "p.zarr/A/1/.zattrs",
      json{{"well", {{"images", json::array({field, {{"path", "b"}}})}}}}.dump());
  put_group(folder / "p.zarr/A/1/0");
  put(folder / "p.zarr/A/1/0/labels/.zattrs", R"({"labels":["cells"]})");
  put_group(folder / "p.zarr/A/1/0/labels/cells");
  put_group(folder / "p.zarr/A/1/b");
  formats::ome_zarr_groups groups;
  image_source image{.path = (folder / "p.zarr/.zattrs").string()};
  const auto group_of = [&](int32_t series) {
    image.series = series;
    const auto place = groups.place_of(image).value();
    CHECK(place.root == folder / "p.zarr");
    CHECK(place.version == "0.4");
    CHECK(place.levels == std::vector<std::string>{"0"});
    return place.group;
  };
  CHECK(group_of(0) == "A/1/0");
  CHECK(group_of(1) == "A/1/0/labels/cells");
  CHECK(group_of(2) == "A/1/b");
  CHECK_THROWS_AS(group_of(3), failure);
  // What was read once is remembered, until the main file is another.
  std::filesystem::remove_all(folder / "p.zarr/A");
  CHECK(group_of(2) == "A/1/b");
  image.modified_ns = 7;
  CHECK_THROWS_AS(group_of(2), failure);
}

TEST_CASE("ome-zarr groups: other formats have none") {
  const scratch_folder folder;
  put(folder / "a.tif", "II*");
  formats::ome_zarr_groups groups;
  CHECK_FALSE(groups.place_of({.path = (folder / "a.tif").string()}));
}

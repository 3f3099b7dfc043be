// Plates as OME-Zarr: wells and fields, whose images have the samples of /pixels.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/zarr_reading.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// Two fields in A1, one of them of a run, and one field in B3 of a plate of 2 x 3.
struct zarr_plate {
  int64_t plate = 0, run = 0;
  std::array<int64_t, 3> images{};

  zarr_plate() {
    auto& root = shared_server().root();
    for (int i = 0; i < 3; ++i)
      images[static_cast<size_t>(i)] = import_image(
        root, fmt::format("field{}.ome.tif", i), stack{.seed = 100 * i}.bytes());
    plate = root.make("/api/v1/plates", {{"name", "Six"}, {"rows", 2}, {"columns", 3}})
              .at("id");
    run = root.make(fmt::format("/api/v1/plates/{}/runs", plate), {{"name", "Monday"}})
            .at("id");
    const auto field = [](int row, int column, int64_t image) {
      return json{{"row", row}, {"column", column}, {"image", image}};
    };
    auto fields = json::array(
      {field(0, 0, images[0]), field(0, 0, images[1]), field(1, 2, images[2])});
    fields[1]["run"] = run;
    const auto filled =
      root.put(fmt::format("/api/v1/plates/{}/fields", plate), {{"fields", fields}});
    REQUIRE_MESSAGE(filled.status == 200, filled.body);
  }

  std::string key(const char* version, const std::string& below) const {
    return fmt::format("/zarr/{}/plates/{}.zarr/{}", version, plate, below);
  }
};

const zarr_plate& six() {
  static const zarr_plate plate;
  return plate;
}

} // namespace

TEST_CASE("zarr: a plate tells of its wells, a well of its fields") {
  auto& root = shared_server().root();
  const auto about = root.read(six().key("v0.4", ".zattrs")).at("plate");
  CHECK(about.at("version") == "0.4");
  CHECK(about.at("name") == "Six");
  CHECK(about.at("rows") == json::parse(R"([{"name": "A"}, {"name": "B"}])"));
  CHECK(about.at("columns").size() == 3);
  CHECK(about.at("field_count") == 2);
  CHECK(about.at("acquisitions")[0].at("id") == six().run);
  CHECK(about.at("wells")
        == json::parse(R"([{"path": "A/1", "rowIndex": 0, "columnIndex": 0},
                           {"path": "B/3", "rowIndex": 1, "columnIndex": 2}])"));
  const auto well = root.read(six().key("v0.4", "A/1/.zattrs")).at("well");
  REQUIRE(well.at("images").size() == 2);
  CHECK(well.at("images")[1].at("path") == "1");
  const auto taken = well.at("images")[0].contains("acquisition") ? 0 : 1;
  CHECK(well.at("images")[static_cast<size_t>(taken)].at("acquisition") == six().run);
  CHECK(root.read(six().key("v0.4", "B/.zgroup")).at("zarr_format") == 2);
  const auto fresh = root.read(six().key("v0.5", "zarr.json")).at("attributes").at("ome");
  CHECK(fresh.at("version") == "0.5");
  CHECK(fresh.at("plate").at("wells") == about.at("wells"));
  CHECK(root.read(six().key("v0.5", "B/3/zarr.json"))
          .at("attributes")
          .at("ome")
          .at("well")
          .at("images")
          .size()
        == 1);
}

TEST_CASE("zarr: a field is an image with all its samples") {
  auto& root = shared_server().root();
  for (auto version : {"v0.4", "v0.5"}) {
    zarr_reading array{root, six().key(version, "B/3/0/0")};
    CHECK(array.plane(1, 0, 2) == stack{.seed = 200}.plane(2, 0, 1));
  }
  const auto fields =
    root.read(fmt::format("/api/v1/plates/{}", six().plate)).at("wells")[0].at("fields");
  for (size_t i = 0; i < 2; ++i) {
    zarr_reading array{root, six().key("v0.4", fmt::format("A/1/{}/0", i))};
    CHECK(array.plane(0, 1, 0) == pixels(root, fields[i].at("image"), "z=0&c=1&t=0"));
  }
  CHECK(root.read(six().key("v0.4", "B/3/0/.zattrs")).at("omero").at("id")
        == six().images[2]);
}

TEST_CASE("zarr: what a plate has not is not found, nor shown to strangers") {
  auto& root = shared_server().root();
  for (auto key : {"A/2/.zattrs", "C/.zgroup", "A/1/2/.zattrs", "B/3/1/0/0/0/0/0/0",
                   "A/0/0/.zattrs", "a/1/0/.zattrs", "AAAAAAAA/1/0/.zattrs", "A/1",
                   "A/1/0", "A/01/0/.zattrs", ".zmetadata", "0/0/0/0/0/0"})
    CHECK_MESSAGE(root.get(six().key("v0.4", key)).status == 404, key);
  CHECK(root.get("/zarr/v0.4/plates/987654321.zarr/.zattrs").status == 404);
  auto stranger = shared_server().add_user("zarr_plate_stranger");
  for (auto key : {".zattrs", "B/3/.zattrs", "B/3/0/.zattrs", "B/3/0/0/0/0/0/0/0"})
    CHECK(stranger.get(six().key("v0.4", key)).status == 404);
}

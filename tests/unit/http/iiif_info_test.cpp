#include "http/open/iiif/image_facts.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace troupe;
using namespace troupe::http;

namespace {

image_grant image_of(std::vector<extent> levels, extent tile) {
  image_grant g{.image = 7, .size = {levels[0].width, levels[0].height}};
  g.levels = std::move(levels);
  g.tile = tile;
  return g;
}

} // namespace

TEST_CASE("iiif info: scale factors are those of the levels") {
  CHECK(iiif::scale_factors(image_of({{60, 40}}, {60, 40})) == std::vector{1});
  CHECK(iiif::scale_factors(
          image_of({{1501, 1101}, {751, 551}, {376, 276}, {188, 138}}, {256, 256}))
        == std::vector{1, 2, 4, 8});
  CHECK(
    iiif::scale_factors(image_of({{4096, 4096}, {1024, 1024}, {256, 256}}, {256, 256}))
    == std::vector{1, 4, 16});
}

TEST_CASE("iiif info: without levels, or with odd ones, factors double to one tile") {
  CHECK(iiif::scale_factors(image_of({{1000, 600}}, {256, 256})) == std::vector{1, 2, 4});
  CHECK(iiif::scale_factors(image_of({{1000, 600}, {700, 420}}, {512, 512}))
        == std::vector{1, 2});
  CHECK(iiif::scale_factors(image_of({{2'000'000'000, 2}}, {512, 512})).back()
        == 1 << 22);
}

TEST_CASE(
  "iiif info: tiles that are not square say so, sizes are those that may be had") {
  const auto wide =
    iiif::info_of(image_of({{3000, 3000}}, {512, 256}), "i", iiif::version::three);
  CHECK(wide.at("tiles").at(0).at("width") == 512);
  CHECK(wide.at("tiles").at(0).at("height") == 256);
  const auto large = iiif::info_of(
    image_of({{80'000, 40'000}, {20'000, 10'000}, {5000, 2500}}, {256, 256}), "i",
    iiif::version::two);
  CHECK(large.at("sizes")
        == nlohmann::json::parse(R"([{"width": 5000, "height": 2500}])"));
  CHECK(large.at("@id") == "i");
  CHECK_FALSE(large.at("tiles").at(0).contains("height"));
}

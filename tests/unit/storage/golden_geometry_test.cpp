// Sizes and places against the golden vectors.

#include "storage/render/split_view.hpp"
#include "tests/unit/storage/golden_cases.hpp"

using namespace troupe;
using namespace troupe::render;
using namespace troupe::test::golden;

namespace {

json to_json(const region& r) {
  return {r.x, r.y, r.width, r.height};
}

json to_json(extent e) {
  return {e.width, e.height};
}

json to_json(const split_layout& l) {
  return {{"width", l.size.width},
          {"height", l.size.height},
          {"border", l.border},
          {"gridx", l.columns},
          {"gridy", l.rows}};
}

std::vector<extent> extents_in(const json& j) {
  std::vector<extent> sizes;
  for (auto& s : j)
    sizes.push_back(extent_in(s));
  return sizes;
}

} // namespace

TEST_CASE("golden: tiles") {
  run("tile", [](const json& c, profile p) {
    const auto& t = c.at("tile");
    tile_request tile{t.at(0), t.at(1), t.at(2)};
    if (t.size() == 5)
      tile.width = t.at(3), tile.height = t.at(4);
    const auto levels = c.at("levels").get<int32_t>();
    const auto r =
      region_of(tile, levels, extent_in(c.at("default_tile")), c.at("max_tile_length"));
    const auto inside = clipped(r, extent_in(c.at("level_size")));
    CHECK(json{{"api_level", levels > 1 ? json(omero_level(tile.level, levels)) : json{}},
               {"region", to_json(r)},
               {"clipped", inside ? to_json(*inside) : json{}}}
          == expected_of(c, p));
  });
}

TEST_CASE("golden: mirrored regions") {
  run("flip_region", [](const json& c, profile p) {
    CHECK(to_json(flipped(region_in(c.at("region")), extent_in(c.at("size")),
                          c.at("horizontal"), c.at("vertical")))
          == expected_of(c, p));
  });
}

TEST_CASE("golden: which images are big") {
  run("is_big", [](const json& c, profile p) {
    CHECK(is_big(extent_in(c.at("size")), type_in(c)) == expected_of(c, p).get<bool>());
  });
}

TEST_CASE("golden: sizes of a pyramid") {
  run("pyramid_sizes", [](const json& c, profile p) {
    CHECK(pyramid_sizes(extent_in(c.at("size")), c.at("stop"))
          == extents_in(expected_of(c, p)));
  });
}

TEST_CASE("golden: sizes of thumbnails") {
  run("thumbnail_size", [](const json& c, profile p) {
    const auto full = extent_in(c.at("size"));
    const auto nominal = thumbnail_size(full, c.at("longest"));
    CHECK(to_json(nominal) == expected_of(c, p).at("nominal"));
    CHECK(to_json(omero_scaled_size(full, nominal)) == expected_of(c, p).at("actual"));
  });
}

TEST_CASE("golden: the level a thumbnail is drawn from") {
  run("thumbnail_level", [](const json& c, profile p) {
    CHECK(thumbnail_level(extents_in(c.at("sizes")), extent_in(c.at("want")), p)
          == expected_of(c, p).get<size_t>());
  });
}

TEST_CASE("golden: split views") {
  run("split_channel_dims", [](const json& c, profile p) {
    auto layout = [&](model m) {
      return to_json(
        split_layout_of(extent_in(c.at("size")), c.at("size_c"), m, c.at("border")));
    };
    CHECK(layout(model::greyscale) == expected_of(c, p).at("g"));
    CHECK(layout(model::color) == expected_of(c, p).at("c"));
  });
}

#include "http/view_settings_json.hpp"

#include "http/shape_json.hpp"
#include "storage/failure.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace troupe;
using namespace troupe::http;
using nlohmann::json;

namespace {

view_settings example() {
  view_settings s{.image = 7, .at = {2, 1}};
  s.settings.model = render::model::greyscale;
  s.settings.levels = {10, 200, 127};
  s.settings.channels = {{.index = 0, .start = -1.5, .end = 900, .color = {1, 2, 3, 255}},
                         {.index = 1,
                          .active = false,
                          .color = {255, 0, 0, 128},
                          .curve = render::family::polynomial,
                          .coefficient = 0.5,
                          .inverted = true,
                          .noise_reduction = true,
                          .lut = "fire.lut"}};
  return s;
}

} // namespace

TEST_CASE("settings json: what is shown can be saved again as it is") {
  const auto shown = json_of(example());
  CHECK(shown.at("from") == "computed");
  CHECK(shown.at("channels")[0].at("color") == "010203");
  CHECK(shown.at("channels")[1].at("color") == "FF000080");
  const auto saved = settings_in(shown);
  CHECK(saved.settings == example().settings);
  CHECK(saved.at == plane_index{2, 1});
}

TEST_CASE("settings json: what is missing or of another kind is refused") {
  for (auto* path :
       {"/model", "/z", "/codomain", "/codomain/end", "/channels", "/channels/0/window",
        "/channels/0/window/end", "/channels/0/color", "/channels/0/family",
        "/channels/0/active", "/channels/0/coefficient", "/channels/0/index"}) {
    CAPTURE(path);
    for (auto& wrong : {json{}, json{{"a", 1}}}) {
      auto body = json_of(example());
      body[json::json_pointer{path}] = wrong;
      CHECK_THROWS_AS(settings_in(body), failure);
    }
  }
}

TEST_CASE("settings json: presets have names") {
  CHECK(choice_named("auto").preset == settings_preset::automatic);
  CHECK(choice_named("minMax").preset == settings_preset::min_max);
  CHECK_THROWS_AS(choice_named("best"), failure);
}

TEST_CASE("shape json: every kind, and what is none") {
  using namespace measurement;
  CHECK(
    std::get<rectangle>(
      shape_in({{"type", "rectangle"}, {"x", 1}, {"y", 2}, {"width", 3}, {"height", 4}}))
      .height
    == 4);
  CHECK(std::get<polygon>(
          shape_in({{"type", "polygon"}, {"points", {{1, 2}, {3, 4}, {5, 6}}}}))
          .points.size()
        == 3);
  CHECK(std::get<line>(
          shape_in({{"type", "line"}, {"x1", 1}, {"y1", 2}, {"x2", 3}, {"y2", 4}}))
          .to.y
        == 4);
  CHECK_THROWS_AS(shape_in({{"type", "blob"}}), failure);
  CHECK_THROWS_AS(shape_in({{"type", "point"}, {"x", 1}}), failure);
  CHECK_THROWS_AS(
    shape_in({{"type", "ellipse"}, {"x", 1}, {"y", 1}, {"radiusX", -1}, {"radiusY", 1}}),
    failure);
  CHECK_THROWS_AS(shape_in({{"type", "polyline"}, {"points", {{1}}}}), failure);
}

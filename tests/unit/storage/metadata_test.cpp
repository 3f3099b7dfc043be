// Plain values beyond pixels: their way through JSON, boxes of shapes, base64.

#include "storage/base64.hpp"
#include "storage/metadata/document_json.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::metadata;

namespace {

document sample() {
  document d;
  d.instruments = {{"Instrument",
                    "Instrument:0",
                    {},
                    {{"Objective",
                      "Objective:0",
                      {{"LensNA", 1.4},
                       {"Model", "63x"},
                       {"Iris", false},
                       {"WorkingDistance", quantity{190, "µm"}}}}}}};
  d.images = {{0, {{"StageLabel", "", {{"X", quantity{1, "mm"}}}}}, {}, {0, 1}}};
  metadata::shape mask{.kind = shape_kind::mask, .geometry = {1, 2, 8, 1}};
  mask.mask = shared_bytes{{0x81}};
  mask.t = 3;
  mask.style.stroke = rgba{1, 2, 3, 4};
  d.rois = {{"ROI:0", "mask", "", {0}, {mask}, {1}}};
  d.annotations = {
    {annotation_kind::map, "A:0", "ns", "", key_values{{"a", "1"}, {"a", ""}}, {}},
    {annotation_kind::long_integer, "A:1", "", "", int64_t{9007199254740993}, {0}},
    {annotation_kind::file, "A:2", "", "", attachment{"t.csv", "text/csv", {}}, {}},
    {annotation_kind::list, "A:3", "", "", {}, {1}}};
  plate p;
  p.rows = 8;
  p.wells = {{.row = 1, .column = 2, .fields = {{.image = 0, .run = 0}}}};
  p.runs.resize(1);
  d.plates = {p};
  return d;
}

} // namespace

TEST_CASE("metadata: a document survives its JSON") {
  const nlohmann::json first = sample();
  const auto back = nlohmann::json::parse(first.dump()).get<document>();
  CHECK(nlohmann::json(back) == first);
  CHECK(back.instruments == sample().instruments);
  CHECK(std::get<int64_t>(back.annotations[1].value) == 9007199254740993);
  CHECK(back.rois[0].shapes[0].mask.view() == "\x81");
  CHECK(!back.rois[0].shapes[0].z);
}

TEST_CASE("metadata: attributes are found by their names") {
  const auto d = sample();
  const auto objective = find(d.instruments[0].parts, "Objective");
  REQUIRE(objective);
  CHECK(*find(*objective, "LensNA") == value{1.4});
  CHECK(find(*objective, "Immersion") == nullptr);
  CHECK(find(d.instruments, "Microscope") == nullptr);
}

TEST_CASE("metadata: the box of a shape follows its transform") {
  CHECK(bounds_of({.kind = shape_kind::ellipse, .geometry = {10, 20, 3, 4}})
        == bounds{7, 16, 13, 24});
  CHECK(bounds_of({.kind = shape_kind::polygon, .geometry = {5, 1, 2, 9, 4, 4}})
        == bounds{2, 1, 5, 9});
  metadata::shape turned{.kind = shape_kind::rectangle, .geometry = {0, 0, 4, 2}};
  turned.transform = affine{0, 1, -1, 0, 10, 20}; // a quarter turn, then moved
  CHECK(bounds_of(turned) == bounds{8, 20, 10, 24});
}

TEST_CASE("base64: text and bytes, with blanks and without padding") {
  const std::vector<uint8_t> bytes{0, 1, 250, 255, 16};
  for (size_t n = 0; n <= bytes.size(); ++n) {
    const std::vector part(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(n));
    CHECK(from_base64(to_base64(part)) == part);
  }
  CHECK(to_base64(bytes) == "AAH6/xA=");
  CHECK(from_base64(" AAH6\n/xA ") == bytes);
  CHECK(!from_base64("AA*="));
  CHECK(!from_base64("AA=A"));
  CHECK(!from_base64("AAAAA"));
}

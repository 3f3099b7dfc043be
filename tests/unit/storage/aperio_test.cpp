// Slides of Aperio scanners, in the order their pages come in.

#include "storage/formats/format.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

namespace {

test::tiff_page rgb(uint32_t width, uint32_t height, uint32_t tile) {
  test::tiff_page page;
  page.width = width;
  page.height = height;
  page.samples = 3;
  page.photometric = PHOTOMETRIC_RGB;
  page.tile = tile;
  return page;
}

} // namespace

TEST_CASE(
  "aperio: tiled pages are levels, the thumbnail is none, label and macro follow") {
  const scratch_folder folder;
  auto full = rgb(800, 400, 128);
  full.description = "Aperio Image Library v11\r\n800x400|AppMag = 40|MPP = 0.2520";
  auto quarter = rgb(200, 100, 128);
  quarter.seed = 5;
  auto label = rgb(50, 60, 0);
  label.description = "Aperio Image Library v11\r\nlabel 50x60";
  auto macro = rgb(90, 30, 0);
  macro.subfile_type = 9;
  const auto file =
    write_tiff(folder / "slide.svs",
               {full, rgb(100, 50, 0), rgb(400, 200, 128), quarter, label, macro});
  CHECK(formats::format_of(file).name == std::string{"TIFF"});
  const auto reader = formats::open(file);
  const auto& what = reader->describe();
  CHECK(what.format == "Aperio SVS");
  REQUIRE(what.images.size() == 3);
  CHECK(what.images[0].name == "slide");
  CHECK(what.images[0].levels == std::vector<extent>{{800, 400}, {400, 200}, {200, 100}});
  CHECK(what.images[0].physical_x == formats::quantity{0.252, "µm"});
  CHECK(what.images[1].name == "label");
  CHECK(what.images[1].size.x == 50);
  CHECK(what.images[2].name == "macro");
  CHECK(std::count(what.facts.begin(), what.facts.end(),
                   std::pair<std::string, std::string>{"AppMag", "40"})
        == 1);
  const auto* objective = metadata::find(what.about.instruments.at(0).parts, "Objective");
  REQUIRE(objective);
  CHECK(*metadata::find(*objective, "NominalMagnification") == metadata::value{40.0});
  REQUIRE(what.about.images.size() == 3);
  CHECK(what.about.images[0].settings.at(0).id == objective->id);
  CHECK(!what.about.images[2].instrument);
  CHECK(samples_of<uint8_t>(reader->read({0, 2, {}, {1}, {130, 90, 1, 1}})[0])[0]
        == stored_value(quarter, 130, 90, 1));
}

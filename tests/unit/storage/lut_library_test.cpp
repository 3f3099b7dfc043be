#include "storage/render/draw.hpp"
#include "tests/unit/storage/planes.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::render;
using namespace troupe::test;

namespace {

/// A raw table: level i is (255 - i, 0, i).
std::string falling_table() {
  std::string bytes;
  for (int i = 0; i < 256; ++i)
    bytes += static_cast<char>(255 - i);
  bytes.append(256, '\0');
  for (int i = 0; i < 256; ++i)
    bytes += static_cast<char>(i);
  return bytes;
}

std::vector<std::string> names_of(const lut_library& tables) {
  std::vector<std::string> names;
  for (auto& e : tables.entries())
    names.push_back(e.name);
  return names;
}

} // namespace

TEST_CASE("lut library: formulas are there without any file") {
  CHECK(names_of(lut_library::built_in())
        == std::vector<std::string>{"3-3-2_rgb.lut", "5_ramps.lut", "fire.lut",
                                    "grays.lut", "hilo.lut", "ice.lut", "red-green.lut",
                                    "spectrum.lut"});
  CHECK(!lut_library::built_in().find(""));
  CHECK(lut_library{"/no/such/folder"}.find("ice.lut"));
}

TEST_CASE("lut library: files count by their base name and win over formulas") {
  const scratch_folder folder;
  std::filesystem::create_directories(folder / "deep");
  write_file(folder / "deep/falling.lut", falling_table());
  write_file(folder / "grays.lut", falling_table());
  write_file(folder / "broken.lut", "no table");
  write_file(folder / "falling.txt", falling_table());
  const lut_library tables{folder / ""};
  REQUIRE(tables.find("falling.lut"));
  CHECK(tables.find("falling.lut")->components[0][3] == 252);
  CHECK(*tables.find("grays.lut") == *tables.find("falling.lut"));
  CHECK(!tables.find("broken.lut"));
  CHECK(tables.entries().size() == lut_library::built_in().entries().size() + 1);
  for (auto& e : tables.entries())
    if (e.name == "falling.lut")
      CHECK(e.path == "deep/falling.lut");
}

TEST_CASE("lut library: a channel is drawn with its table, else in its colour") {
  const scratch_folder folder;
  write_file(folder / "falling.lut", falling_table());
  const lut_library tables{folder / ""};
  settings s{model::color,
             {{.start = 0, .end = 255, .color = {255, 0, 0, 255}, .lut = "falling.lut"}}};
  const auto plane = plane_of<uint8_t>(1, 1, {5});
  CHECK(draw(s, {plane}, {}, 0, tables).rgb == std::vector<uint8_t>{250, 0, 5});
  CHECK(draw(s, {plane}, {}).rgb == std::vector<uint8_t>{5, 0, 0});
  s.model = model::greyscale;
  CHECK(draw(s, {plane}, {}, 0, tables).rgb == std::vector<uint8_t>{5, 5, 5});
}

TEST_CASE("lut library: two tables add up and end at 255") {
  const settings s{model::color,
                   {{.index = 0, .start = 0, .end = 255, .lut = "grays.lut"},
                    {.index = 1, .start = 0, .end = 255, .lut = "hilo.lut"}}};
  const auto plane = plane_of<uint8_t>(2, 1, {100, 255});
  CHECK(draw(s, {plane, plane}, {}).rgb
        == std::vector<uint8_t>{200, 200, 200, 255, 255, 255});
}

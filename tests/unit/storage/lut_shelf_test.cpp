#include "storage/render/lut_shelf.hpp"

#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace troupe;

TEST_CASE("lut shelf: a folder's tables are there beside the built-in ones") {
  test::scratch_folder folder;
  std::filesystem::create_directories(folder / "luts/mine");
  test::write_file(folder / "luts/mine/green.lut", std::string(256, '\0')
                                                     + std::string(256, '\x7f')
                                                     + std::string(256, '\0'));
  render::lut_shelf shelf{folder / "luts"};
  CHECK(shelf.known().stamp.empty());
  const auto found = shelf.current();
  CHECK_FALSE(found.stamp.empty());
  CHECK(shelf.known().stamp == found.stamp);
  REQUIRE(found.tables.find("green.lut"));
  CHECK(found.tables.find("green.lut")->components[1][9] == 0x7f);
  CHECK(found.tables.find("fire.lut"));
}

TEST_CASE("lut shelf: without a folder the built-in tables remain") {
  render::lut_shelf shelf{"/nowhere/luts"};
  CHECK(shelf.current().tables.find("fire.lut"));
  CHECK(shelf.current().stamp.empty());
}

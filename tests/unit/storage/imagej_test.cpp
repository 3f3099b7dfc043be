#include "storage/failure.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <cstring>
#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

namespace {

std::unique_ptr<formats::reader> open_stack(const scratch_folder& folder, uint32_t count,
                                            const std::string& text) {
  std::vector<tiff_page> pages(count, tiff_page{.width = 8, .height = 6});
  for (uint32_t i = 0; i < count; ++i)
    pages[i].seed = i;
  pages[0].description = text;
  return formats::open(write_tiff(folder / "a.tif", pages));
}

} // namespace

TEST_CASE("imagej: a hyperstack has channels first, then sections, then frames") {
  const scratch_folder folder;
  const auto reader = open_stack(folder, 12,
                                 "ImageJ=1.53t\nimages=12\nchannels=2\nslices=3\nframes="
                                 "2\nfinterval=0.5\nspacing=2\nunit=\\u00B5m\n");
  const auto& s = reader->describe().images.at(0);
  CHECK(s.size == dimensions{8, 6, 3, 2, 2});
  CHECK(*s.physical_z == formats::quantity{2, "µm"});
  CHECK(*s.time_increment == formats::quantity{0.5, "s"});
  const auto planes = reader->read({0, 0, {2, 1}, {1, 0}, {0, 0, 1, 1}});
  CHECK(planes[0].samples.data()[0] == 11 * 11);
  CHECK(planes[1].samples.data()[0] == 10 * 11);
}

TEST_CASE("imagej: a stack that says only how many images it has is a Z stack") {
  const scratch_folder folder;
  CHECK(open_stack(folder, 4, "ImageJ=1.43\nimages=4\n")->describe().images.at(0).size.z
        == 4);
}

TEST_CASE("imagej: more images than pages are refused") {
  const scratch_folder folder;
  CHECK_THROWS_WITH_AS(open_stack(folder, 2, "ImageJ=1.43\nimages=40\nslices=40\n"),
                       "a.tif: its ImageJ description declares 40 images, the file has 2",
                       failure);
  CHECK_THROWS_AS(
    open_stack(folder, 2,
               "ImageJ=1\nimages=2\nslices=100000\nframes=100000\nchannels=100000\n"),
    failure);
}

TEST_CASE("imagej: a large stack of one directory has its planes one after the other") {
  const scratch_folder folder;
  const tiff_page first{.width = 8,
                        .height = 6,
                        .rows_per_strip = 6,
                        .description = "ImageJ=1.54\nimages=3\nframes=3\n"};
  const auto file = write_tiff(folder / "a.tif", {first});
  auto bytes = text_of(file);
  // The planes are at the end of the file.
  const auto offset = static_cast<uint32_t>(bytes.size());
  for (char plane : {'a', 'b', 'c'})
    bytes += std::string(48, plane);
  const auto directory = bytes.find("\x11\x01\x04", 8); // StripOffsets, LONG
  REQUIRE(directory != std::string::npos);
  std::memcpy(&bytes[directory + 8], &offset, 4);
  const auto reader = formats::open(write_file(file, bytes));
  CHECK(reader->describe().images.at(0).size.t == 3);
  for (int32_t t : {2, 0, 1})
    CHECK(reader->read({0, 0, {0, t}, {0}, {0, 0, 8, 6}})[0].samples.view()
          == std::string(48, static_cast<char>('a' + t)));
}

#include "storage/failure.hpp"
#include "storage/formats/ome_xml_file.hpp"
#include "storage/formats/side_file.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;
using formats::ome_pixels;

namespace {

ome_pixels pixels_of(const std::filesystem::path& file) {
  const auto text = text_of(file);
  return formats::find_ome_pixels({file,
                                   false,
                                   {reinterpret_cast<const uint8_t*>(text.data()),
                                    std::min<size_t>(text.size(), 4096)}});
}

} // namespace

TEST_CASE("side file: a name in the folder or below it") {
  const scratch_folder folder;
  std::filesystem::create_directory(folder / "sub");
  write_file(folder / "a", "a");
  write_file(folder / "sub/b", "b");
  CHECK(formats::side_file(folder.path(), "a") == folder / "a");
  CHECK(formats::side_file(folder.path(), "sub/b") == folder / "sub/b");
  CHECK(formats::side_file(folder.path(), "c") == std::nullopt);
  CHECK(formats::side_file(folder.path(), "sub") == std::nullopt);
}

TEST_CASE("side file: what leads out of the folder is refused") {
  const scratch_folder folder;
  std::filesystem::create_directory(folder / "home");
  const auto outside = write_file(folder / "secret", "x");
  std::filesystem::create_symlink(outside, folder / "home/link");
  std::filesystem::create_symlink(folder.path(), folder / "home/up");
  for (const auto& name :
       {std::string{"../secret"}, outside.string(), std::string{"link"},
        std::string{"up/secret"}, std::string{"a/../../secret"},
        std::string{"http://host/a"}, std::string{"..\\secret"}, std::string{}}) {
    CAPTURE(name);
    CHECK_THROWS_AS(formats::side_file(folder / "home", name), failure);
  }
}

TEST_CASE("ome-xml files: the first element that tells says where pixels are") {
  const scratch_folder folder;
  const auto ome = [&](const std::string& content) {
    return write_file(folder / "a", "<?xml version='1.0'?>\n<OME xmlns='x'>" + content);
  };
  CHECK(pixels_of(ome("<Pixels><TiffData/></Pixels>")) == ome_pixels::in_tiff);
  CHECK(pixels_of(ome("<o:Pixels><o:BinData>AA==</o:BinData><TiffData/>"))
        == ome_pixels::in_xml);
  CHECK(pixels_of(ome("<Pixels><MetadataOnly/></Pixels>")) == ome_pixels::none);
  const std::string plate(200'000, ' '); // the head of the file does not tell
  CHECK(pixels_of(ome(plate + "<TiffData/>")) == ome_pixels::in_tiff);
  CHECK(pixels_of(write_file(folder / "b", "<html><TiffData/></html>"))
        == ome_pixels::none);
}

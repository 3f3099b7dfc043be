#include "storage/failure.hpp"
#include "storage/formats/reader_cache.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace troupe;
using namespace troupe::test;

namespace {

image_source source_of(const std::filesystem::path& file) {
  struct stat now {};
  REQUIRE(::stat(file.c_str(), &now) == 0);
  return {file.string(), 0, now.st_size,
          now.st_mtim.tv_sec * 1'000'000'000 + now.st_mtim.tv_nsec};
}

} // namespace

TEST_CASE("formats: content decides, not the name") {
  const scratch_folder folder;
  CHECK(formats::open(write_tiff(folder / "a.png", {tiff_page{}}))->describe().format
        == "TIFF");
  for (auto text : {"just some text, long enough", "<html><body>hello</body></html>",
                    "PK\3\4............"})
    CHECK_THROWS_WITH_AS(formats::open(write_file(folder / "a.tif", text)),
                         "a.tif: not a supported image (`troupe formats` lists them)",
                         failure);
}

TEST_CASE("formats: an empty file, a folder and nothing are told apart") {
  const scratch_folder folder;
  CHECK_THROWS_WITH_AS(formats::open(write_file(folder / "a.tif", "")),
                       "a.tif: the file is empty", failure);
  CHECK_THROWS_AS(formats::open(folder.path()), failure);
  try {
    formats::open(folder / "absent");
    FAIL("opened what is not there");
  } catch (const failure& e) {
    CHECK(e.code == errc::not_found);
  }
}

TEST_CASE("formats: a file that changed since its import is refused") {
  const scratch_folder folder;
  const auto file = write_tiff(folder / "a.tif", {tiff_page{}});
  auto source = source_of(file);
  CHECK_NOTHROW(formats::library{}.open(source));
  source.modified_ns -= 1;
  CHECK_THROWS_WITH_AS(formats::library{}.open(source),
                       "a.tif: changed since it was imported", failure);
  source.modified_ns = 0; // not checked
  CHECK_NOTHROW(formats::library{}.open(source));
  source.bytes += 1;
  CHECK_THROWS_AS(formats::library{}.open(source), failure);
}

TEST_CASE("reader cache: keeps the readers used last") {
  const scratch_folder folder;
  const auto a = source_of(write_tiff(folder / "a.tif", {tiff_page{}})),
             b = source_of(write_tiff(folder / "b.tif", {tiff_page{}})),
             c = source_of(write_tiff(folder / "c.tif", {tiff_page{}}));
  formats::reader_cache cache{std::make_shared<formats::shelves>(), 2};
  const auto first = &cache.open(a);
  cache.open(b);
  CHECK(&cache.open(a) == first);
  cache.open(c);
  CHECK(cache.size() == 2);
  CHECK(&cache.open(a) == first);
}

TEST_CASE("library: a fileset is parsed once for all threads") {
  const scratch_folder folder;
  const auto a = source_of(write_tiff(folder / "a.tif", {tiff_page{}}));
  formats::library filesets;
  const auto first = filesets.open(a);
  CHECK(filesets.open(a) == first);
  CHECK(filesets.size() == 1);
}

TEST_CASE("reader cache: forgets a file that changed") {
  const scratch_folder folder;
  const auto file = write_tiff(folder / "a.tif", {tiff_page{}});
  const auto source = source_of(file);
  formats::reader_cache cache;
  cache.open(source);
  write_tiff(file, {tiff_page{.width = 50}});
  CHECK_THROWS_AS(cache.open(source), failure);
  CHECK(cache.size() == 0);
  CHECK_NOTHROW(cache.open(source_of(file)));
}

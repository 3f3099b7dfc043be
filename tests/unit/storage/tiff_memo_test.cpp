#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/number_runs.hpp"
#include "storage/formats/reader.hpp"
#include "tests/unit/storage/tiff_writer.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace troupe;
using namespace troupe::test;

namespace {

formats::fileset_ptr recalled(const std::filesystem::path& file,
                              const formats::fileset& parsed) {
  const auto memo = nlohmann::json::parse(parsed.memo().dump());
  return formats::format_of(file).recall(file, parsed.describe(), memo);
}

void check_same_pixels(const formats::fileset_ptr& a, const formats::fileset_ptr& b) {
  formats::fileset_reader first{a}, second{b};
  const auto& what = a->describe();
  for (size_t i = 0; i < what.images.size(); ++i)
    for (size_t level = 0; level < what.images[i].levels.size(); ++level)
      for (int32_t z = 0; z < what.images[i].size.z; ++z) {
        const auto size = what.images[i].levels[level];
        const formats::block all{static_cast<int32_t>(i),
                                 static_cast<int32_t>(level),
                                 {z, 0},
                                 {0},
                                 {0, 0, size.width, size.height}};
        CHECK(first.read(all)[0].samples.view() == second.read(all)[0].samples.view());
      }
}

} // namespace

TEST_CASE("tiff memo: a fileset that is recalled reads as the one that was parsed") {
  const scratch_folder folder;
  tiff_page large{.width = 100, .height = 80, .tile = 16, .seed = 1};
  large.levels = {{.width = 50, .height = 40, .tile = 16, .subfile_type = 1, .seed = 2},
                  {.width = 25, .height = 20, .subfile_type = 1, .seed = 3}};
  const tiff_page deep{.width = 30, .height = 20, .bits = 16, .seed = 4};
  auto next = deep;
  next.seed = 9;
  const auto file = write_tiff(folder / "a.tif", {large, deep, next});
  const auto parsed = formats::parse(file);
  REQUIRE(parsed->describe().images.size() == 2);
  REQUIRE(parsed->describe().images[0].levels.size() == 3);
  check_same_pixels(parsed, recalled(file, *parsed));
}

TEST_CASE("tiff memo: many pages of a kind take little") {
  const scratch_folder folder;
  std::vector<tiff_page> pages(3000, {.width = 2, .height = 2, .rows_per_strip = 2});
  for (size_t i = 0; i < pages.size(); ++i)
    pages[i].seed = static_cast<uint32_t>(i);
  const auto file = write_tiff(folder / "a.tif", pages);
  const auto parsed = formats::parse(file);
  CHECK(parsed->describe().images.at(0).size.z == 3000);
  CHECK(parsed->memo().dump().size() < 1000);
  check_same_pixels(parsed, recalled(file, *parsed));
}

TEST_CASE("tiff memo: one that does not fit is refused") {
  const scratch_folder folder;
  const auto file = write_tiff(folder / "a.tif", {{}});
  const auto parsed = formats::parse(file);
  const auto recall = [&](const nlohmann::json& memo) {
    return formats::format_of(file).recall(file, parsed->describe(), memo);
  };
  for (auto [key, number] :
       {std::pair{"file", 1}, {"file", -1}, {"shape", 1}, {"offset", 1'000'000}}) {
    auto memo = parsed->memo();
    memo["pages"][key][0] = number;
    CHECK_THROWS_AS(recall(memo), failure);
  }
  auto memo = parsed->memo();
  memo["images"][0]["pages"][0] = 1;
  CHECK_THROWS_AS(recall(memo), failure);
  CHECK_THROWS(recall(nullptr));
}

TEST_CASE("number runs: even steps are short, anything comes back") {
  using numbers = std::vector<int64_t>;
  CHECK(formats::runs_of({5, 8, 11, 14}).dump() == "[5,3,4]");
  for (const auto& list :
       {numbers{}, numbers{7}, numbers{-1, -1, -1, 4}, numbers{1, 2, 4, 8, 16, 15, 14}})
    CHECK(formats::numbers_of(formats::runs_of(list)) == list);
  CHECK_THROWS_AS(formats::numbers_of({0, 0, int64_t{1} << 60}), failure);
}

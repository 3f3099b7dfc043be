// Real files against independent decoders, from a list that must not shrink.

#include "storage/failure.hpp"
#include "tests/support/test_data.hpp"
#include "tests/unit/storage/manifest_check.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

TEST_CASE("manifest: every listed file reads as independent decoders read it") {
  const auto listed = listed_files();
  REQUIRE(!listed.empty());
  if (!std::filesystem::exists(data_folder() / "MANIFEST.json")) {
    MESSAGE("skipped: no test data at " << data_folder().string());
    return;
  }
  const auto entries = entries_by_path();
  for (auto& path : listed) {
    CAPTURE(path);
    REQUIRE(entries.count(path) == 1);
    try {
      for (auto& part : parts_of(entries.at(path))) {
        const manifest_check check{file_of(part), part};
        for (auto& fault : check.faults())
          FAIL_CHECK(fault);
      }
    } catch (const failure& e) {
      FAIL_CHECK(e.what());
    }
  }
  MESSAGE(listed.size() << " files compared");
}

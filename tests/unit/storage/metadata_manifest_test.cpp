// What real files say beyond their pixels, against the manifest.

#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/metadata/document_json.hpp"
#include "tests/support/test_data.hpp"
#include "tests/unit/storage/metadata_check.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

TEST_CASE("metadata: every listed file says what the manifest expects") {
  if (!std::filesystem::exists(data_folder() / "MANIFEST.json")) {
    MESSAGE("skipped: no test data at " << data_folder().string());
    return;
  }
  const auto entries = entries_by_path();
  size_t files = 0, values = 0;
  for (auto& path : listed_files()) {
    const auto& entry = entries.at(path);
    if (!entry.contains("expectMetadata"))
      continue;
    CAPTURE(path);
    try {
      const auto set = formats::parse(file_of(entry));
      const metadata_check check{set->describe(), entry.at("expectMetadata")};
      for (auto& fault : check.faults())
        FAIL_CHECK(fault);
      const nlohmann::json about = set->describe().about;
      CHECK(nlohmann::json(about.get<metadata::document>()) == about);
      ++files;
      values += check.checked();
    } catch (const failure& e) {
      FAIL_CHECK(e.what());
    }
  }
  MESSAGE(values << " values of " << files << " files compared");
}

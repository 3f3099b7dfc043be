// Real files against independent decoders, from a list that must not shrink.

#include "storage/failure.hpp"
#include "tests/unit/storage/manifest_check.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <map>

using namespace troupe;
using nlohmann::json;

namespace {

std::filesystem::path data_folder() {
  if (auto set = std::getenv("TROUPE_TEST_DATA"))
    return set;
  return std::filesystem::path{TROUPE_SOURCE_DIR} / "../shared/data";
}

std::vector<std::string> lines_of(const std::filesystem::path& file) {
  std::ifstream in{file};
  std::vector<std::string> result;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#')
      result.push_back(line);
  return result;
}

/// The manifest's writer puts NaN where JSON has no number.
json manifest() {
  std::ifstream in{data_folder() / "MANIFEST.json"};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  for (size_t at; (at = text.find(": NaN")) != std::string::npos;)
    text.replace(at, 5, ": null");
  return json::parse(text);
}

std::map<std::string, json> entries_by_path() {
  const auto all = manifest();
  std::map<std::string, json> result;
  for (auto& entry : all.at("files"))
    result[entry.at("path").get<std::string>()] = entry;
  return result;
}

} // namespace

TEST_CASE("manifest: every listed file reads as independent decoders read it") {
  const auto listed = lines_of(std::filesystem::path{TROUPE_SOURCE_DIR}
                               / "tests/support/manifest_list.txt");
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
      const test::manifest_check check{data_folder() / path, entries.at(path)};
      for (auto& fault : check.faults())
        FAIL_CHECK(fault);
    } catch (const failure& e) {
      FAIL_CHECK(e.what());
    }
  }
  MESSAGE(listed.size() << " files compared");
}

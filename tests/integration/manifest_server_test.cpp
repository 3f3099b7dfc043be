// Real files imported through a running server and read back from it, against
// independent decoders.

#include "tests/support/running_server.hpp"
#include "tests/support/served_file.hpp"
#include "tests/support/test_data.hpp"
#include "tests/unit/storage/manifest_check.hpp"

#include <doctest/doctest.h>

using namespace troupe::test;

namespace {

/// What a server shows differently from a reader: an image is called by its file, and
/// colours are opaque.
json as_served(json entry) {
  for (auto& series : entry.at("series")) {
    series.erase("name");
    for (auto& channel : series.at("channels"))
      if (channel.contains("color"))
        channel["color"] = static_cast<int32_t>(
          static_cast<uint32_t>(channel["color"].get<int64_t>()) | 0xffU);
  }
  return entry;
}

std::vector<int64_t> images_of(const json& import) {
  std::vector<int64_t> ids;
  for (auto& image : import.at("results").at(0).at("images"))
    ids.push_back(image.at("id"));
  return ids;
}

void check_file(api& who, const std::string& path, const json& entry) {
  CAPTURE(path);
  const auto bytes = text_of_file(data_folder() / path);
  const auto name = std::filesystem::path{path}.filename().string();
  const auto import = import_bytes(who, name, bytes);
  if (import.at("state") != "done") {
    FAIL_CHECK(import.dump());
    return;
  }
  served_file served{who, images_of(import)};
  const manifest_check check{served.seen(), served, as_served(entry)};
  for (auto& fault : check.faults())
    FAIL_CHECK(fault);
}

} // namespace

TEST_CASE("manifest: every listed file comes back from a server as it went in") {
  if (!std::filesystem::exists(data_folder() / "MANIFEST.json")) {
    MESSAGE("skipped: no test data at " << data_folder().string());
    return;
  }
  const auto entries = entries_by_path();
  const auto listed = listed_files();
  auto& root = shared_server().root();
  for (auto& path : listed) {
    REQUIRE(entries.contains(path));
    if (std::filesystem::is_directory(data_folder() / path))
      continue; // sets of files: several files make an import
    try {
      check_file(root, path, entries.at(path));
    } catch (const std::exception& e) {
      FAIL_CHECK(path << ": " << std::string{e.what()});
    }
  }
  CHECK(root.read("/api/v1/images").at("total") >= listed.size());
  MESSAGE(listed.size() << " files compared");
}

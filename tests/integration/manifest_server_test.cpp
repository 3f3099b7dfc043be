// Real files imported through a running server and read back from it, against
// independent decoders.

#include "tests/support/running_server.hpp"
#include "tests/support/sent_files.hpp"
#include "tests/support/served_file.hpp"
#include "tests/support/test_data.hpp"
#include "tests/unit/storage/manifest_check.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

/// What a server shows differently from a reader: an image is called by its file, and
/// colours are opaque.
json as_served(json entry) {
  for (auto& series : entry.at("series")) {
    series.erase("name");
    if (!series.contains("channels"))
      continue;
    for (auto& channel : series.at("channels"))
      if (channel.contains("color"))
        channel["color"] = static_cast<int32_t>(
          static_cast<uint32_t>(channel["color"].get<int64_t>()) | 0xffU);
  }
  const auto file = std::filesystem::path{entry.at("path").get<std::string>()}.filename();
  for (auto& labels : entry["labels"])
    labels["name"] =
      fmt::format("{} [{}]", file.string(), labels.at("name").get<std::string>());
  return entry;
}

/// A set or a folder is sent as one.
json sent(api& who, const json& entry) {
  const auto at = data_folder() / entry.at("path").get<std::string>();
  if (std::filesystem::is_directory(at)) {
    auto files = files_under(at);
    std::erase_if(files, [&](auto& file) { // another view of the same pixels
      return file.first.ends_with("-well.xml")
             && !file_of(entry).string().ends_with(file.first);
    });
    return import_files(who, files);
  }
  return import_bytes(who, at.filename().string(), text_of_file(at));
}

/// Of the fileset with that main file; of the only one, whatever its main file is.
std::vector<int64_t> images_of(const json& import, const std::string& main) {
  std::vector<json> filesets;
  for (auto& result : import.at("results"))
    if (result.contains("images"))
      filesets.push_back(result);
  if (filesets.size() > 1)
    std::erase_if(filesets, [&](const json& one) {
      return !one.at("path").get<std::string>().ends_with("/" + main);
    });
  std::vector<int64_t> ids;
  for (auto& image : filesets.at(0).at("images"))
    ids.push_back(image.at("id"));
  return ids;
}

void check_entry(api& who, const json& entry) {
  CAPTURE(entry.at("path").get<std::string>());
  const auto import = sent(who, entry);
  if (import.at("state") != "done") {
    FAIL_CHECK(import.dump());
    return;
  }
  for (auto& part : parts_of(entry)) {
    served_file served{who, images_of(import, file_of(part).filename().string())};
    const manifest_check check{served.seen(), served, as_served(part)};
    for (auto& fault : check.faults())
      FAIL_CHECK(fault);
  }
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
    try {
      check_entry(root, entries.at(path));
    } catch (const std::exception& e) {
      FAIL_CHECK(path << ": " << std::string{e.what()});
    }
  }
  CHECK(root.read("/api/v1/images").at("total") >= listed.size());
  MESSAGE(listed.size() << " files compared");
}

// Malformed and hostile files: each must end as its manifest expects, in time.

#include "storage/failure.hpp"
#include "storage/inspect/inspection.hpp"

#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace troupe;

namespace {

std::filesystem::path bad_folder() {
  if (auto set = std::getenv("TROUPE_TEST_DATA"))
    return std::filesystem::path{set} / "bad";
  return std::filesystem::path{TROUPE_SOURCE_DIR} / "../shared/data/bad";
}

/// @returns the reason of a refusal, empty where the file was taken.
std::string refusal(const std::filesystem::path& file) {
  const std::atomic<bool> never{false};
  try {
    inspect_in_child({.file = file, .deadline = std::chrono::seconds{60}}, never, {});
    return {};
  } catch (const failure& e) {
    CHECK(e.code == errc::unreadable);
    return e.what();
  }
}

} // namespace

TEST_CASE("bad files: refused or read as expected, none crashes or takes long") {
  const auto manifest = bad_folder() / "MANIFEST.json";
  if (!std::filesystem::exists(manifest)) {
    MESSAGE("skipped: no bad files at " << bad_folder().string());
    return;
  }
  const auto all = nlohmann::json::parse(std::ifstream{manifest});
  int checked = 0, refused = 0;
  for (auto& c : all.at("cases")) {
    const auto file = bad_folder() / c.at("path").get<std::string>();
    if (!std::filesystem::is_regular_file(file) || file.extension() == ".z")
      continue; // sets of files, and files that would have to be inflated first
    CAPTURE(c.at("path").get<std::string>());
    const auto start = std::chrono::steady_clock::now();
    const auto reason = refusal(file);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{30});
    CHECK(reason.find("crashed") == std::string::npos);
    CHECK(reason.find(bad_folder().string()) == std::string::npos);
    const auto expected = c.at("expect").get<std::string>();
    if (expected == "reject")
      CHECK(!reason.empty());
    if (expected == "accept")
      CHECK(reason.empty());
    ++checked;
    refused += reason.empty() ? 0 : 1;
  }
  MESSAGE(checked << " bad files, " << refused << " of them refused");
  CHECK(checked > 0);
}

// Malformed and hostile files: each must end as its manifest expects, in time.

#include "storage/failure.hpp"
#include "storage/inspect/inspection.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <zlib.h>

using namespace troupe;
using namespace troupe::test;

namespace {

std::filesystem::path bad_folder() {
  if (auto set = std::getenv("TROUPE_TEST_DATA"))
    return std::filesystem::path{set} / "bad";
  return std::filesystem::path{TROUPE_SOURCE_DIR} / "../shared/data/bad";
}

struct outcome {
  std::string refusal; ///< empty where the file was taken
  std::vector<std::string> warnings;
};

outcome inspect(const std::filesystem::path& file) {
  const std::atomic<bool> never{false};
  const auto start = std::chrono::steady_clock::now();
  outcome o;
  try {
    o.warnings =
      inspect_in_child({.file = file, .deadline = std::chrono::seconds{60}}, never, {})
        .what.warnings;
  } catch (const failure& e) {
    CHECK(e.code == errc::unreadable);
    o.refusal = e.what();
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{30});
  CHECK(o.refusal.find("crashed") == std::string::npos);
  CHECK(o.refusal.find(file.parent_path().string()) == std::string::npos);
  return o;
}

/// Our words for what the manifest wants said, where they differ.
std::string our_words(const std::string& wanted) {
  const std::map<std::string, std::string> table{
    {"empty file", "the file is empty"},
    {"truncated / not a TIFF", "truncated"},
    {"offset out of file", "outside the file"},
    {"not a TIFF", "not a supported image"},
    {"pixel data truncated", "truncated"},
    {"pixel data missing", "truncated"},
    {"tile offsets missing", "truncated"},
    {"truncated IFD", "truncated directory"},
    {"too large / inconsistent", "too large"},
    {"invalid SamplesPerPixel", "Bad value 0 for \"SamplesPerPixel\""},
    {"cannot decode", "cannot be decoded"},
    {"DOCTYPE not allowed", "DOCTYPE, which is not allowed"},
  };
  const auto found = table.find(wanted);
  return found == table.end() ? wanted : found->second;
}

void check_case(const nlohmann::json& c, const outcome& o) {
  const auto expected = c.at("expect").get<std::string>();
  if (expected == "reject")
    CHECK(!o.refusal.empty());
  if (expected == "accept")
    CHECK(o.refusal.empty());
  if (!c.contains("errorShouldSay"))
    return;
  auto said = o.refusal;
  for (auto& warning : o.warnings)
    said += "\n" + warning;
  CHECK_MESSAGE(said.find(our_words(c.at("errorShouldSay"))) != std::string::npos, said);
}

std::string inflated(const std::string& stored) {
  std::string out(4 << 20, '\0');
  auto size = static_cast<uLongf>(out.size());
  const auto result = ::uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                                   reinterpret_cast<const Bytef*>(stored.data()),
                                   static_cast<uLong>(stored.size()));
  CHECK(result == Z_OK);
  out.resize(size);
  return out;
}

/// The files to give a server for a case: one, or any of a set.
std::vector<std::filesystem::path> files_of(const nlohmann::json& c,
                                            const std::filesystem::path& scratch) {
  const auto path = bad_folder() / c.at("path").get<std::string>();
  if (path.extension() == ".z")
    return {write_file(scratch / c.at("inflateTo").get<std::string>(),
                       inflated(text_of(path)))};
  if (!path.filename().string().starts_with("set_"))
    return {path};
  std::vector<std::filesystem::path> set;
  for (auto& entry : std::filesystem::directory_iterator{path})
    set.push_back(entry.path());
  return set;
}

} // namespace

TEST_CASE("bad files: refused or read as expected, none crashes or takes long") {
  const auto manifest = bad_folder() / "MANIFEST.json";
  if (!std::filesystem::exists(manifest)) {
    MESSAGE("skipped: no bad files at " << bad_folder().string());
    return;
  }
  const scratch_folder scratch;
  const auto all = nlohmann::json::parse(std::ifstream{manifest});
  int checked = 0, refused = 0;
  for (auto& c : all.at("cases"))
    for (auto& file : files_of(c, scratch.path())) {
      CAPTURE(file.string());
      const auto o = inspect(file);
      check_case(c, o);
      ++checked;
      refused += o.refusal.empty() ? 0 : 1;
    }
  MESSAGE(checked << " bad files, " << refused << " of them refused");
  CHECK(checked > 0);
}

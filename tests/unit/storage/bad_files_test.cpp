// Malformed and hostile files: each must end as its manifest expects, in time.

#include "storage/failure.hpp"
#include "storage/inspect/inspection.hpp"
#include "tests/unit/storage/scratch_folder.hpp"
#include "tests/unit/storage/watched_child.hpp"

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
  outcome o;
  try {
    o.warnings =
      inspect_in_child({.file = file, .deadline = std::chrono::seconds{60}}, never, {})
        .what.warnings;
  } catch (const failure& e) {
    CHECK(e.code == errc::unreadable);
    o.refusal = e.what();
  }
  for (auto end : {"crashed", "ended without", "takes longer"})
    CHECK(o.refusal.find(end) == std::string::npos);
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
  auto said = o.refusal;
  for (auto& warning : o.warnings)
    said += "\n" + warning;
  if (c.at("path").get<std::string>().starts_with("roi_")) // the image stays
    CHECK_MESSAGE((o.refusal.empty() && said.find("ROI:") != std::string::npos), said);
  if (!c.contains("errorShouldSay"))
    return;
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

/// Calls on(case, file) for every file there is. @returns their number.
template <class On>
int for_each_bad_file(On on) {
  const auto manifest = bad_folder() / "MANIFEST.json";
  if (!std::filesystem::exists(manifest)) {
    MESSAGE("skipped: no bad files at " << bad_folder().string());
    return 0;
  }
  const scratch_folder scratch;
  const auto all = nlohmann::json::parse(std::ifstream{manifest});
  int count = 0;
  for (auto& c : all.at("cases"))
    for (auto& file : files_of(c, scratch.path())) {
      CAPTURE(file.string());
      on(c, file);
      ++count;
    }
  CHECK(count > 0);
  return count;
}

/// @param measure_up_to  see inspection_request. @returns MiB of the child at its most.
int64_t check_limits(const nlohmann::json& limits, const std::filesystem::path& file,
                     int64_t measure_up_to) {
  const auto child = watch_child(
    {.file = file, .measure_up_to = measure_up_to, .deadline = std::chrono::seconds{60}});
  CAPTURE(measure_up_to);
  CAPTURE(child.complaints);
  CHECK(child.ended);
  CHECK((child.answer.result || child.answer.error));
  if (!memory_can_be_limited) // a sanitizer takes several times as much of both
    return 0;
  CHECK(child.seconds < limits.at("maxSeconds").get<double>());
  const auto peak = child.peak_bytes >> 20;
  CHECK(peak < limits.at("maxRssMB").get<int64_t>());
  return peak;
}

} // namespace

TEST_CASE("bad files: refused or read as expected, none crashes or takes long") {
  int refused = 0;
  const auto checked = for_each_bad_file([&](auto& c, auto& file) {
    const auto o = inspect(file);
    check_case(c, o);
    refused += o.refusal.empty() ? 0 : 1;
  });
  MESSAGE(checked << " bad files, " << refused << " of them refused");
}

TEST_CASE("bad files: each is answered within its seconds and its memory") {
  int64_t most = 0;
  std::string hungriest;
  for_each_bad_file([&](auto& c, auto& file) {
    for (auto measure_up_to : {INT64_MAX, int64_t{0}})
      if (const auto peak = check_limits(c.at("limits"), file, measure_up_to);
          peak > most) {
        most = peak;
        hungriest = file.filename().string();
      }
  });
  MESSAGE("at most " << most << " MiB, for " << hungriest);
}

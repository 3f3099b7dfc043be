// Filesets of several files, sent together or registered where they are.

#include "tests/support/running_server.hpp"
#include "tests/support/sent_files.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/test_data.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>

using namespace troupe::test;
namespace fs = std::filesystem;

namespace {

/// Three OME-TIFFs, a channel each, that name each other.
const fs::path three_channels = data_folder() / "ometiff" / "multifile_c3";

bool has_sets() {
  if (fs::exists(three_channels))
    return true;
  MESSAGE("skipped: no test data at " << data_folder().string());
  return false;
}

std::vector<json> with(const char* key, const json& import) {
  std::vector<json> found;
  for (auto& result : import.at("results"))
    if (result.contains(key))
      found.push_back(result);
  return found;
}

json details_of(api& who, const json& result) {
  const int64_t image = result.at("images").at(0).at("id");
  return who.read(fmt::format("/api/v1/images/{}", image));
}

std::set<std::string> names_of(const json& details) {
  std::set<std::string> names;
  for (auto& file : details.at("files"))
    names.insert(file.at("name"));
  return names;
}

} // namespace

TEST_CASE("sets: files that belong together are one image, others stay others") {
  if (!has_sets())
    return;
  auto ada = shared_server().add_user("sets.together");
  auto files = files_under(three_channels);
  files.emplace_back("multifile_c3/notes.txt", "Dear diary");
  files.emplace_back("photo.png", picture_specimen{}.png());
  const auto ended = import_files(ada, files);
  REQUIRE(ended.at("state") == "done");
  const auto images = with("images", ended);
  REQUIRE(images.size() == 2);
  CHECK(images[0].at("files") == 3);
  CHECK(images[0].at("warnings").empty());
  CHECK(images[0].at("images").size() == 1);
  const auto details = details_of(ada, images[0]);
  CHECK(details.at("sizeC") == 3);
  CHECK(
    names_of(details)
    == std::set<std::string>{"cell_C0.ome.tif", "cell_C1.ome.tif", "cell_C2.ome.tif"});
  for (auto& file : details.at("files"))
    CHECK(file.at("sha256")
          == sha256(text_of_file(three_channels / file.at("name").get<std::string>())));
  const auto skipped = with("skipped", ended);
  REQUIRE(skipped.size() == 1);
  CHECK(skipped[0].at("path") == "multifile_c3/notes.txt");
}

TEST_CASE("sets: what is missing is named") {
  if (!has_sets())
    return;
  auto ada = shared_server().add_user("sets.missing");
  auto files = files_under(three_channels);
  std::erase_if(files, [](auto& f) { return f.first.ends_with("C2.ome.tif"); });
  const auto ended = import_files(ada, files);
  CHECK(ended.dump().find("cell_C2.ome.tif") != std::string::npos);
}

TEST_CASE("sets: in place one file brings its siblings, links lead nowhere") {
  if (!has_sets())
    return;
  const short_folder disk;
  const auto root = disk / "scope";
  fs::create_directories(root / "whole");
  fs::create_directories(root / "linked");
  for (auto& e : fs::directory_iterator{three_channels}) {
    fs::copy_file(e.path(), root / "whole" / e.path().filename());
    if (e.path().filename() != "cell_C2.ome.tif")
      fs::copy_file(e.path(), root / "linked" / e.path().filename());
  }
  fs::create_symlink(three_channels / "cell_C2.ome.tif",
                     root / "linked" / "cell_C2.ome.tif");
  running_server server{{.arguments = {"--in-place-roots", root}}};
  const auto registered = [&](const fs::path& file) {
    const auto begun =
      server.root().make("/api/v1/imports", {{"inPlace", {file.string()}}});
    return wait_for_end(server.root(), begun.at("id"));
  };
  const auto whole = registered(root / "whole" / "cell_C1.ome.tif");
  REQUIRE(whole.at("state") == "done");
  const auto details = details_of(server.root(), with("images", whole).at(0));
  CHECK(details.at("sizeC") == 3);
  CHECK(names_of(details).size() == 3);
  CHECK(fs::is_empty(server.data() / "originals"));

  // Never the pixels behind the link: refused, or without that channel's file.
  const auto linked = registered(root / "linked" / "cell_C1.ome.tif");
  for (auto& result : with("images", linked))
    CHECK_FALSE(names_of(details_of(server.root(), result)).contains("cell_C2.ome.tif"));
  CHECK(linked.dump().find("cell_C2.ome.tif") != std::string::npos);
}

TEST_CASE("sets: the command line sends a folder's sets, whichever file is named") {
  if (!has_sets())
    return;
  auto& server = shared_server();
  auto ada = server.add_user("sets.cli");
  const auto sent = [&](const std::string& path) {
    const auto result = run_troupe(
      {"import", "--server", server.url(), "--token", ada.token(), "--json", path});
    CHECK(result.code == 0);
    return json::parse(result.out);
  };
  for (const auto& path : {three_channels, three_channels / "cell_C1.ome.tif"}) {
    const auto line = sent(path);
    REQUIRE(line.at("images").size() == 1);
    CHECK(details_of(ada, line).at("files").size() == 3);
  }
}

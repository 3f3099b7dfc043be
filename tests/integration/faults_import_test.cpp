// The server is killed at every step of an import: afterwards there is all of it or
// nothing.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <regex>
#include <set>

using namespace troupe::test;
namespace fs = std::filesystem;

namespace {

const std::set<std::string> fault_points{
  "upload.appended", "import.hashed", "import.verified", "import.read",
  "import.parsed",   "place.discarded", "place.sealed",  "place.renamed",
  "place.done",      "import.moved",  "import.placed",   "import.enrolled"};

/// What the sources call fault points of imports, so that a new one is not forgotten
/// here. Those of pyramids are tried where pyramids are tested.
std::set<std::string> fault_points_in_sources() {
  const std::regex call{R"re(fault_point\("((?:upload|import|place)\.[a-z.]+)"\))re"};
  std::set<std::string> found;
  for (const auto* layer : {"storage", "schema", "actors", "http"})
    for (fs::recursive_directory_iterator i{fs::path{TROUPE_SOURCE_DIR} / layer}, end;
         i != end; ++i) {
      if (i->path().filename() == "ui")
        i.disable_recursion_pending();
      if (i->path().extension() != ".cpp")
        continue;
      const auto text = text_of_file(i->path());
      for (std::sregex_iterator m{text.begin(), text.end(), call}, last; m != last; ++m)
        found.insert((*m)[1]);
    }
  return found;
}

struct sent_file {
  std::string name, bytes;
};

/// Two images and what is none; each time other bytes.
std::vector<sent_file> files_of_import(int number) {
  return {{"cells.ome.tif", stack{.seed = number}.bytes()},
          {"notes.txt", fmt::format("no image {}", number)},
          {"photo.png", picture_specimen{.width = 20 + number}.png()}};
}

int64_t begin(api& who, const std::vector<sent_file>& files) {
  json list = json::array();
  for (auto& f : files)
    list.push_back({{"path", f.name}, {"bytes", f.bytes.size()}});
  return who.make("/api/v1/imports", {{"files", list}}).at("id");
}

/// Sends what the server does not have. @returns false when it broke off.
bool send_rest(api& who, int64_t import, const std::vector<sent_file>& files) {
  for (size_t i = 0; i < files.size(); ++i) {
    const auto path = fmt::format("/api/v1/imports/{}/files/{}", import, i);
    const auto there = who.head(path);
    if (there.status != 200)
      return false;
    const auto offset = std::stoul(there.header("Upload-Offset"));
    if (offset < files[i].bytes.size()
        && who.patch(path, files[i].bytes.substr(offset), static_cast<int64_t>(offset))
               .status
             != 204)
      return false;
  }
  return who.post(fmt::format("/api/v1/imports/{}/commit", import)).status == 202;
}

std::multiset<std::string> hashes_on_disk(const running_server& server) {
  std::multiset<std::string> found;
  for (auto& e : fs::recursive_directory_iterator{server.data() / "originals"})
    if (e.is_regular_file())
      found.insert(sha256(text_of_file(e.path())));
  return found;
}

/// Of the files of all images there are rows of.
std::multiset<std::string> hashes_in_rows(running_server& server) {
  std::multiset<std::string> found;
  const auto images = server.root().read("/api/v1/images?limit=1000");
  for (auto& image : images.at("items")) {
    const auto details =
      server.root().read(fmt::format("/api/v1/images/{}", image.at("id").get<int64_t>()));
    for (auto& file : details.at("files"))
      found.insert(file.at("sha256"));
  }
  return found;
}

} // namespace

TEST_CASE("faults: every fault point of the sources is tried") {
  CHECK(fault_points_in_sources() == fault_points);
}

TEST_CASE("faults: a killed import is whole afterwards, wherever it was") {
  running_server server;
  int number = 0;
  for (auto& point : fault_points) {
    CAPTURE(point);
    const auto files = files_of_import(++number);
    REQUIRE(server.stop() == 0);
    server.start({.fault_point = point});
    const auto import = begin(server.root(), files);
    send_rest(server.root(), import, files);
    REQUIRE(server.has_ended());

    server.start();
    const auto path = fmt::format("/api/v1/imports/{}", import);
    if (server.root().read(path).at("state") == "uploading")
      CHECK(send_rest(server.root(), import, files));
    const auto ended = wait_for_end(server.root(), import);
    CHECK(ended.at("state") == "done");
    REQUIRE(ended.at("results").size() == 3);
    const int64_t image = ended.at("results")[0].at("images")[0].at("id");
    CHECK(pixels(server.root(), image, "z=1&c=1&t=1")
          == stack{.seed = number}.plane(1, 1, 1));
    CHECK(ended.at("results")[1].contains("skipped"));

    CHECK(server.root().read("/api/v1/images").at("total") == 2 * number);
    CHECK(hashes_on_disk(server) == hashes_in_rows(server));
    CHECK(fs::is_empty(server.data() / "staging"));
  }
}

TEST_CASE("faults: killed again on the way back, an import still comes through") {
  running_server server;
  const auto files = files_of_import(1);
  REQUIRE(server.stop() == 0);
  server.start({.fault_point = "import.hashed"});
  const auto import = begin(server.root(), files);
  send_rest(server.root(), import, files);
  REQUIRE(server.has_ended());
  for (const auto* next :
       {"import.read", "place.discarded", "place.renamed", "import.placed"}) {
    CAPTURE(next);
    server.start({.fault_point = next, .wait = false});
    REQUIRE(server.has_ended());
  }
  server.start();
  CHECK(wait_for_end(server.root(), import).at("state") == "done");
  CHECK(hashes_on_disk(server) == hashes_in_rows(server));
  CHECK(fs::is_empty(server.data() / "staging"));
}

TEST_CASE("faults: what was cancelled or refused stays so, and leaves nothing") {
  running_server server;
  auto& root = server.root();
  const auto cancelled = upload(root, "a.tif", "12345");
  CHECK(root.remove(fmt::format("/api/v1/imports/{}", cancelled)).status == 204);
  const int64_t refused = import_bytes(root, "b.tif", "no image").at("id");
  const auto open = upload(root, "c.tif", "12345");
  // As if it had been killed before it could clear away.
  write_text(server.data() / "staging" / std::to_string(open) / "note", "mine");
  fs::create_directories(server.data() / "staging" / std::to_string(cancelled));
  server.kill();
  server.start();
  const auto state = [&](int64_t import) {
    return server.root().read(fmt::format("/api/v1/imports/{}", import)).at("state");
  };
  CHECK(state(cancelled) == "cancelled");
  CHECK(state(refused) == "failed");
  CHECK(state(open) == "uploading");
  CHECK(comes_true(
    [&] { return !fs::exists(server.data() / "staging" / std::to_string(cancelled)); }));
  CHECK(fs::exists(server.data() / "staging" / std::to_string(open)));
  CHECK(hashes_on_disk(server).empty());
}

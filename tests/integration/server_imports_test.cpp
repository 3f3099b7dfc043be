// Imports over HTTP: bytes in, images out, originals as they came.

#include "tests/support/raw_connection.hpp"
#include "tests/support/running_server.hpp"
#include "tests/support/sent_files.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/test_data.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <thread>

using namespace troupe::test;
namespace fs = std::filesystem;

namespace {

std::string import_path(int64_t id, const std::string& rest = "") {
  return fmt::format("/api/v1/imports/{}{}", id, rest);
}

int64_t begin(api& who, const std::string& name, size_t bytes) {
  const json body{{"files", {{{"path", name}, {"bytes", bytes}}}}};
  return who.make("/api/v1/imports", body).at("id");
}

answer commit(api& who, int64_t id, const std::string& hash = "") {
  if (hash.empty())
    return who.post(import_path(id, "/commit"));
  return who.post(import_path(id, "/commit"),
                  {{"files", {{{"index", 0}, {"sha256", hash}}}}});
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> found;
  if (fs::exists(folder))
    for (auto& e : fs::recursive_directory_iterator{folder})
      if (e.is_regular_file())
        found.push_back(e.path());
  return found;
}

/// The files an import left in its folder of originals.
std::vector<fs::path> originals_of(const running_server& server, int64_t import) {
  const auto id = fmt::format("{:09}", import);
  return files_below(server.data() / "originals" / id.substr(0, 3) / id.substr(3, 3)
                     / id);
}

/// Sends a head that promises `promised` bytes, and fewer; then hangs up.
void break_off(running_server& server, api& who, int64_t id, const std::string& bytes,
               size_t promised) {
  const auto head =
    fmt::format("PATCH {} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {}\r\n"
                "Upload-Offset: 0\r\nContent-Length: {}\r\n\r\n",
                import_path(id, "/files/0"), who.token(), promised);
  raw_connection wire{server.port()};
  wire.say(head + bytes);
}

bool is_staged(const running_server& server, int64_t import) {
  return fs::exists(server.data() / "staging" / std::to_string(import));
}

/// Of our own, and those of the test data.
std::vector<std::string> nasty_names() {
  std::vector<std::string> names{"my cells (2).png",
                                 "Zellkörper 细胞 🔬.png",
                                 "../../../../etc/cron.d/x.png",
                                 "a\nb\tc.png",
                                 "CON",
                                 "...",
                                 "-rf.png",
                                 std::string(300, 'n') + ".png"};
  const auto file = data_folder() / "bad" / "nasty_names.json";
  if (!fs::exists(file)) {
    MESSAGE("no further names at " << file.string());
    return names;
  }
  const auto more = json::parse(text_of_file(file));
  for (auto& one : more.at("names"))
    names.push_back(one.at("name"));
  return names;
}

void check_failed(const json& ended, const std::string& word) {
  CAPTURE(ended.dump());
  CHECK_FALSE(is_staged(shared_server(), ended.at("id")));
  CHECK(ended.at("state") == "failed");
  REQUIRE(ended.at("error").is_string());
  CHECK(ended.at("error").get<std::string>().find(word) != std::string::npos);
  for (auto& result : ended.at("results"))
    CHECK_FALSE(result.contains("images"));
}

} // namespace

TEST_CASE("imports: the original is kept as it came, and read-only") {
  auto& server = shared_server();
  auto ada = server.add_user("imp.original");
  const auto bytes = stack{}.bytes();
  const auto ended = import_bytes(ada, "folder/cells.ome.tif", bytes);
  REQUIRE(ended.at("state") == "done");
  CHECK(ended.at("fraction") == 1.0);
  CHECK(ended.at("bytes") == bytes.size());
  CHECK(ended.at("received") == bytes.size());
  CHECK(ended.at("error").is_null());
  CHECK(ended.at("results")[0].at("path") == "folder/cells.ome.tif");
  CHECK(ended.at("results")[0].at("images")[0].at("name") == "cells.ome.tif");
  const auto kept = originals_of(server, ended.at("id"));
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].filename() == "cells.ome.tif");
  CHECK(text_of_file(kept[0]) == bytes);
  struct stat facts {};
  REQUIRE(::stat(kept[0].c_str(), &facts) == 0);
  CHECK((facts.st_mode & 07777) == 0440);
  CHECK(facts.st_nlink == 1);
  CHECK_FALSE(is_staged(server, ended.at("id")));
}

TEST_CASE("imports: an upload goes on where the connection broke") {
  auto& server = shared_server();
  auto ada = server.add_user("imp.resume");
  const auto bytes = big_tiff(3000, 3000) + std::string(300'000, '\0');
  const auto id = begin(ada, "resumed.tif", bytes.size());
  break_off(server, ada, id, bytes.substr(0, 200'000), bytes.size());
  const auto file = import_path(id, "/files/0");
  const auto offset = [&] { return std::stoul(ada.head(file).header("Upload-Offset")); };
  REQUIRE(comes_true([&] { return offset() > 0; }));
  // The writer of the broken connection has let go once a retry gets through.
  answer sent;
  REQUIRE(comes_true([&] {
    const auto at = offset();
    sent = ada.patch(file, bytes.substr(at), static_cast<int64_t>(at));
    return sent.status != 409;
  }));
  CHECK(sent.status == 204);
  CHECK(sent.header("Upload-Offset") == std::to_string(bytes.size()));
  CHECK(ada.head(file).header("Upload-Length") == std::to_string(bytes.size()));
  CHECK(commit(ada, id, sha256(bytes)).status == 202);
  CHECK(wait_for_end(ada, id).at("state") == "done");
}

TEST_CASE("imports: bytes for the wrong place are refused, and the right one named") {
  auto& server = shared_server();
  auto ada = server.add_user("imp.offset");
  const auto id = begin(ada, "a.tif", 10);
  const auto file = import_path(id, "/files/0");
  CHECK(ada.patch(file, "01234", 0).status == 204);
  for (int64_t wrong : {0, 4, 6, 1'000'000'000}) {
    const auto a = ada.patch(file, "56789", wrong);
    CHECK(a.status == 409);
    CHECK(a.header("Upload-Offset") == "5");
  }
  CHECK(ada.patch(file, "5678901", 5).status == 409); // more than the file has
  CHECK(ada.patch(file, "", -1).status == 400);
  CHECK(ada.patch(import_path(id, "/files/1"), "x", 0).status == 404);
  CHECK(ada.patch(import_path(id, "/files/-1"), "x", 0).status == 400);
  CHECK(ada.head(file).header("Upload-Offset") == "5");
  const auto early = commit(ada, id);
  CHECK(early.status == 409);
  CHECK(early.document().at("detail").get<std::string>().find("5 of 10")
        != std::string::npos);
}

TEST_CASE("imports: a file that arrived damaged is refused") {
  auto& server = shared_server();
  auto ada = server.add_user("imp.hash");
  const auto bytes = stack{}.bytes();
  const auto id = upload(ada, "cells.ome.tif", bytes);
  CHECK(commit(ada, id, sha256("other")).status == 202);
  check_failed(wait_for_end(ada, id), "SHA-256");
  CHECK(originals_of(server, id).empty());
  CHECK(commit(ada, id).status == 409); // it has ended
}

TEST_CASE("imports: what is no image is refused with its name and the reason") {
  auto& server = shared_server();
  auto ada = server.add_user("imp.noimage");
  const auto before = ada.read("/api/v1/images").at("total");
  check_failed(import_bytes(ada, "empty.tif", ""), "empty.tif");
  check_failed(import_bytes(ada, "notes.tif", "Dear diary"), "notes.tif");
  check_failed(import_bytes(ada, "half.tif", damaged_tiff()), "half.tif");
  auto garbage = stack{}.bytes();
  std::fill(garbage.begin() + 8, garbage.end(), '\xff');
  check_failed(import_bytes(ada, "garbage.tif", garbage), "garbage.tif");
  CHECK(ada.read("/api/v1/images").at("total") == before);
}

TEST_CASE("imports: of several files the good ones become images") {
  auto& server = shared_server();
  auto ada = server.add_user("imp.several");
  const sent_files files{{"a/same.png", picture_specimen{}.png()},
                         {"notes.txt", "no image"},
                         {"b/same.png", picture_specimen{.width = 9}.png()}};
  const auto ended = import_files(ada, files);
  CHECK(ended.at("state") == "done");
  REQUIRE(ended.at("results").size() == 3);
  CHECK(ended.at("results")[0].contains("images"));
  CHECK(ended.at("results")[1].at("skipped").get<std::string>().find("notes.txt") == 0);
  const int64_t last = ended.at("results")[2].at("images")[0].at("id");
  CHECK(ada.read(fmt::format("/api/v1/images/{}", last)).at("sizeX") == 9);
  CHECK(ended.at("fileCount") == 3);
  const auto kept = originals_of(server, ended.at("id"));
  REQUIRE(kept.size() == 2); // their folders are kept, what was skipped is not
  for (auto& file : kept)
    CHECK(file.filename() == "same.png");
  CHECK(kept[0].parent_path() != kept[1].parent_path());
}

TEST_CASE("imports: two files of one path are two images") {
  auto ada = shared_server().add_user("imp.twins");
  const auto ended = import_files(ada, {{"a.png", picture_specimen{}.png()},
                                        {"a.png", picture_specimen{.width = 9}.png()}});
  REQUIRE(ended.at("results").size() == 2);
  const int64_t last = ended.at("results")[1].at("images")[0].at("id");
  CHECK(ended.at("results")[1].at("images")[0].at("name") == "a.png");
  CHECK(ada.read(fmt::format("/api/v1/images/{}", last)).at("sizeX") == 9);
}

TEST_CASE("imports: a cancelled import leaves nothing") {
  auto& server = shared_server();
  auto ada = server.add_user("imp.cancel");
  const auto id = upload(ada, "a.tif", "12345");
  CHECK(ada.remove(import_path(id)).status == 204);
  CHECK(ada.read(import_path(id)).at("state") == "cancelled");
  CHECK(ada.remove(import_path(id)).status == 409);
  CHECK(ada.patch(import_path(id, "/files/0"), "6", 5).status == 409);
  CHECK(commit(ada, id).status == 409);
  CHECK_FALSE(is_staged(server, id));
  const auto active = ada.read("/api/v1/imports?state=active");
  CHECK(active.at("total") == 0);
}

TEST_CASE("imports: an import that runs stops when it is cancelled") {
  auto& server = shared_server();
  auto ada = server.add_user("imp.stop");
  const auto id = upload(ada, "big.tif", big_tiff(20000, 20000));
  CHECK(commit(ada, id).status == 202);
  const auto ended_first = ada.remove(import_path(id)).status == 409;
  const auto ended = wait_for_end(ada, id);
  CHECK(ended.at("state") == (ended_first ? "done" : "cancelled"));
  if (!ended_first) {
    CHECK(ada.read("/api/v1/images").at("total") == 0);
    CHECK(originals_of(server, id).empty());
  }
}

TEST_CASE("imports: names are safe on disk and shown as they were") {
  auto& server = shared_server();
  auto ada = server.add_user("imp.names");
  const auto bytes = picture_specimen{}.png();
  size_t refused = 0;
  for (auto& name : nasty_names()) {
    CAPTURE(name);
    const auto begun = ada.post("/api/v1/imports",
                                {{"files", {{{"path", name}, {"bytes", bytes.size()}}}}});
    if (begun.status == 400) {
      CHECK_FALSE(begun.document().at("detail").get<std::string>().empty());
      ++refused;
      continue;
    }
    const int64_t id = begun.document().at("id");
    CHECK(ada.patch(import_path(id, "/files/0"), bytes, 0).status == 204);
    CHECK(commit(ada, id).status == 202);
    const auto ended = wait_for_end(ada, id);
    REQUIRE(ended.at("state") == "done");
    CHECK(ended.at("files")[0].at("path") == name);
    const auto kept = originals_of(server, ended.at("id"));
    REQUIRE(kept.size() == 1);
    const auto file = kept[0].filename().string();
    CHECK(file.size() <= 200);
    for (unsigned char c : file)
      CHECK((c >= 0x20 && c != 0x7f
             && std::string{"\\<>:\"|?*"}.find(c) == std::string::npos));
    const int64_t image = ended.at("results")[0].at("images")[0].at("id");
    CHECK(pixels(ada, image, "z=0&c=0&t=0") == picture_specimen{}.plane(0));
  }
  CHECK(refused <= 4); // no name, NUL in it, thousands of bytes
}

TEST_CASE("imports: names that are no text are refused") {
  auto ada = shared_server().add_user("imp.bytes");
  for (std::string name :
       {"\xff\xfe.tif", "\xc3\x28.tif", "\xed\xa0\x80.tif", "\xe9.tif"}) {
    httplib::Client http{shared_server().url()};
    const auto a = http.Post(
      "/api/v1/imports", {{"Authorization", "Bearer " + ada.token()}},
      R"({"files":[{"path":")" + name + R"(","bytes":1}]})", "application/json");
    REQUIRE(a);
    CHECK(a->status == 400);
  }
}

TEST_CASE("imports: bytes flow through, they are not gathered in memory") {
  auto& server = shared_server();
  auto& root = server.root();
  constexpr int64_t size = int64_t{200} << 20;
  const auto id = begin(root, "huge.tif", size);
  const auto resident = [&] {
    return server.status().at("process").at("residentBytes").get<int64_t>();
  };
  const auto before = resident();
  CHECK(root.patch(import_path(id, "/files/0"), std::string(size, '\0'), 0).status
        == 204);
  CHECK(resident() < before + (int64_t{16} << 20));
  CHECK(root.remove(import_path(id)).status == 204);
}

TEST_CASE("imports: several people import at once, each sees the own progress") {
  auto& server = shared_server();
  std::vector<api> people;
  for (const auto* login : {"imp.first", "imp.second", "imp.third"})
    people.push_back(server.add_user(login));
  std::vector<std::vector<std::string>> states(people.size());
  std::vector<std::thread> at_work;
  for (size_t i = 0; i < people.size(); ++i)
    at_work.emplace_back([&, i] {
      for (int n = 0; n < 5; ++n) {
        const auto ended = import_bytes(people[i], fmt::format("{}.ome.tif", n),
                                        stack{.seed = static_cast<int32_t>(i)}.bytes());
        states[i].push_back(ended.at("state"));
      }
    });
  for (auto& t : at_work)
    t.join();
  for (size_t i = 0; i < people.size(); ++i) {
    CHECK(states[i] == std::vector<std::string>(5, "done"));
    CHECK(people[i].read("/api/v1/imports").at("total") == 5);
    const auto images = people[i].read("/api/v1/images");
    CHECK(images.at("total") == 5);
    CHECK(pixels(people[i], images.at("items")[0].at("id"), "z=1&c=1&t=1")
          == stack{.seed = static_cast<int32_t>(i)}.plane(1, 1, 1));
  }
}

TEST_CASE("imports: a target is an id, a name, or made") {
  auto ada = shared_server().add_user("imp.target");
  const target named{.project = "New project", .dataset = "New dataset"};
  const auto first = import_bytes(ada, "1.png", picture_specimen{}.png(), named);
  const int64_t dataset = first.at("dataset").at("id");
  CHECK(first.at("dataset").at("name") == "New dataset");
  const auto second = import_bytes(ada, "2.png", picture_specimen{}.png(), named);
  CHECK(second.at("dataset").at("id") == dataset);
  const auto third =
    import_bytes(ada, "3.png", picture_specimen{}.png(), {.dataset = dataset});
  CHECK(third.at("dataset").at("id") == dataset);
  CHECK(ada.read("/api/v1/projects").at("total") == 1);
  CHECK(ada.read(fmt::format("/api/v1/datasets/{}", dataset)).at("images") == 3);
  import_bytes(ada, "orphan.png", picture_specimen{}.png());
  CHECK(ada.read("/api/v1/images?orphaned=true").at("total") == 1);
}

TEST_CASE("imports: what cannot be begun is refused with the reason") {
  auto ada = shared_server().add_user("imp.begin");
  const auto refused = [&](const json& body) {
    CAPTURE(body.dump());
    const auto a = ada.post("/api/v1/imports", body);
    CHECK(a.status == 400);
    CHECK_FALSE(a.document().at("detail").get<std::string>().empty());
  };
  refused(json::object());
  refused({{"files", json::array()}});
  refused({{"files", "a.tif"}});
  refused({{"files", {{{"path", "a.tif"}}}}});
  refused({{"files", {{{"path", "a.tif"}, {"bytes", -1}}}}});
  refused({{"files", {{{"path", ""}, {"bytes", 1}}}}});
  refused({{"files", {{{"path", 7}, {"bytes", 1}}}}});
  refused({{"files", {{{"path", "a.tif"}, {"bytes", 1.5}}}}});
  refused({{"inPlace", "x"}});
  CHECK(ada.read("/api/v1/imports").at("total") == 0);
}

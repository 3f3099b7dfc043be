// Files the server reads where they are.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;
namespace fs = std::filesystem;

namespace {

/// A server that may register what lies below `root`.
struct microscope {
  short_folder disk;
  fs::path root = disk / "microscope";
  running_server server{{.arguments = {"--in-place-roots", disk / "microscope"}}};
  api ada = server.add_user("ada");

  microscope() {
    fs::create_directories(root / "day 1");
    write_text(root / "day 1" / "cells.ome.tif", stack{}.bytes());
    write_text(disk / "outside.tif", stack{}.bytes());
    fs::create_symlink(disk / "outside.tif", root / "link.tif");
    fs::create_directory_symlink(disk.path(), root / "up");
  }
  static microscope& one() {
    static microscope m;
    return m;
  }
};

answer register_file(api& who, const std::string& path) {
  return who.post("/api/v1/imports", {{"inPlace", {path}}});
}

} // namespace

TEST_CASE("in place: a registered file is read where it is and never touched") {
  auto& m = microscope::one();
  const auto file = m.root / "day 1" / "cells.ome.tif";
  const auto before = fs::last_write_time(file);
  const auto begun = register_file(m.server.root(), file);
  REQUIRE(begun.status == 201);
  const auto ended = wait_for_end(m.server.root(), begun.document().at("id"));
  REQUIRE(ended.at("state") == "done");
  const int64_t image = ended.at("results")[0].at("images")[0].at("id");
  CHECK(m.server.root().read(fmt::format("/api/v1/images/{}", image)).at("inPlace")
        == true);
  CHECK(pixels(m.server.root(), image, "z=2&c=1&t=0") == stack{}.plane(2, 1, 0));
  CHECK(fs::last_write_time(file) == before);
  CHECK(text_of_file(file) == stack{}.bytes());
  CHECK(fs::is_empty(m.server.data() / "originals"));

  // What has changed since was not inspected: it is refused, not shown.
  write_text(file, stack{.seed = 3}.bytes());
  const auto changed =
    m.server.root().get(fmt::format("/api/v1/images/{}/pixels?z=0&c=0&t=0", image));
  CHECK(changed.status == 422);
}

TEST_CASE("in place: only administrators, only below the configured folders") {
  auto& m = microscope::one();
  CHECK(register_file(m.ada, m.root / "day 1" / "cells.ome.tif").status == 403);
  auto& root = m.server.root();
  CHECK(register_file(root, m.disk / "outside.tif").status == 403);
  CHECK(register_file(root, m.root / "link.tif").status == 403);
  CHECK(register_file(root, m.root / "up" / "outside.tif").status == 403);
  CHECK(register_file(root, m.root / ".." / "outside.tif").status == 403);
  CHECK(register_file(root, m.server.data() / "postgres" / "PG_VERSION").status == 403);
  CHECK(register_file(root, m.root / "absent.tif").status == 404);
  CHECK(register_file(root, "day 1/cells.ome.tif").status == 404);
  fs::create_directory(m.root / "nothing");
  CHECK(register_file(root, m.root / "nothing").status == 400);
}

TEST_CASE("in place: of a folder all files come in, links and clutter do not") {
  auto& m = microscope::one();
  const auto folder = m.root / "day 2";
  fs::create_directories(folder / "deep");
  write_text(folder / "a.png", picture_specimen{}.png());
  write_text(folder / "deep" / "b.png", picture_specimen{.width = 9}.png());
  write_text(folder / "notes.txt", "Dear diary");
  write_text(folder / ".DS_Store", "clutter");
  fs::create_symlink(m.disk / "outside.tif", folder / "link.tif");
  fs::create_directory_symlink(m.disk.path(), folder / "up");
  const auto begun = register_file(m.server.root(), folder);
  REQUIRE(begun.status == 201);
  CHECK(begun.document().at("fileCount") == 3);
  const auto ended = wait_for_end(m.server.root(), begun.document().at("id"));
  REQUIRE(ended.at("state") == "done");
  std::map<std::string, json> results;
  for (auto& result : ended.at("results"))
    results[result.at("path")] = result;
  REQUIRE(results.size() == 3);
  CHECK(results.at(folder / "notes.txt").contains("skipped"));
  const int64_t image = results.at(folder / "deep" / "b.png").at("images")[0].at("id");
  CHECK(pixels(m.server.root(), image, "z=0&c=1&t=0")
        == picture_specimen{.width = 9}.plane(1));
  const auto files =
    m.server.root().read(fmt::format("/api/v1/images/{}", image)).at("files");
  CHECK(files[0].at("sha256") == sha256(picture_specimen{.width = 9}.png()));
}

TEST_CASE("in place: the command line registers too") {
  auto& m = microscope::one();
  const auto file = write_text(m.root / "more.png", picture_specimen{}.png());
  const auto result = run_troupe({"import", "--server", m.server.url(), "--token",
                                  m.server.root().token(), "--in-place", "--json", file});
  CHECK(result.code == 0);
  const auto line = json::parse(result.out);
  CHECK(line.at("path") == file.string());
  const int64_t image = line.at("images")[0].at("id");
  CHECK(pixels(m.server.root(), image, "z=0&c=1&t=0") == picture_specimen{}.plane(1));
}

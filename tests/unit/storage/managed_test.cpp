#include "storage/failure.hpp"
#include "storage/files/managed.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace troupe;
using namespace troupe::test;

namespace {

constexpr int64_t import = 12345678;
const std::vector<std::string> names{"1",
                                     "b ü.tif"}; // "1" is also what upload 1 is called

void stage(const managed_directory& managed) {
  std::filesystem::create_directories(managed.staging(import));
  write_file(managed.staged_file(import, 0), "first");
  write_file(managed.staged_file(import, 1), "second");
}

void check_placed(const managed_directory& managed) {
  const auto placed = managed.absolute(managed_directory::original_prefix(import));
  CHECK(text_of(placed / names[0]) == "first");
  CHECK(text_of(placed / names[1]) == "second");
  struct stat now {};
  REQUIRE(::stat((placed / names[0]).c_str(), &now) == 0);
  CHECK((now.st_mode & 0777) == 0440);
  CHECK(!std::filesystem::exists(managed.staging(import)));
}

/// place() in a process that dies at `point`. @returns whether it got there.
bool dies_at(const managed_directory& managed, const char* point) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::setenv("TROUPE_FAULT_POINT", point, 1);
    managed.place(import, names);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

} // namespace

TEST_CASE("managed: folders of originals are spread by number") {
  CHECK(managed_directory::original_prefix(12345678) == "originals/012/345/012345678");
  CHECK(managed_directory::original_prefix(7) == "originals/000/000/000000007");
  CHECK(managed_directory::original_prefix(1234567890)
        == "originals/1234/567/1234567890");
}

TEST_CASE("managed: placed files are named, read-only and out of staging") {
  const scratch_folder folder;
  const managed_directory managed{folder / "data"};
  stage(managed);
  managed.place(import, names);
  check_placed(managed);
  managed.place(import, names); // once more is harmless
  check_placed(managed);
  managed.withdraw(import);
  CHECK(!std::filesystem::exists(
    managed.absolute(managed_directory::original_prefix(import))));
  managed.withdraw(import);
}

TEST_CASE("managed: a crash anywhere in place() loses nothing") {
  for (auto point : {"place.moved", "place.gathered", "place.renamed", "place.done"}) {
    CAPTURE(point);
    const scratch_folder folder;
    const managed_directory managed{folder / "data"};
    stage(managed);
    REQUIRE(dies_at(managed, point));
    managed.place(import, names);
    check_placed(managed);
  }
}

TEST_CASE("managed: names may have folders, a file without a name is left out") {
  const scratch_folder folder;
  const managed_directory managed{folder / "data"};
  stage(managed);
  managed.place(import, {"", "set/b.tif"});
  const auto placed = managed.absolute(managed_directory::original_prefix(import));
  CHECK(text_of(placed / "set" / "b.tif") == "second");
  CHECK(std::distance(std::filesystem::directory_iterator{placed}, {}) == 1);
}

TEST_CASE("managed: names that would meet or leave the folder are refused") {
  const scratch_folder folder;
  const managed_directory managed{folder / "data"};
  stage(managed);
  CHECK_THROWS_AS(managed.place(import, {"a", "a"}), failure);
  CHECK_THROWS_AS(managed.place(import, {"../a", "b"}), failure);
  CHECK_THROWS_AS(managed.place(import, {"/a", "b"}), failure);
  CHECK_THROWS_AS(managed.place(import, {"a/../../b", "b"}), failure);
  CHECK_THROWS_AS(managed.place(import, {"a", "b", "c"}),
                  failure); // the third was never staged
}

TEST_CASE("managed: discarding what is not there is fine") {
  const scratch_folder folder;
  const managed_directory managed{folder / "data"};
  stage(managed);
  managed.discard_staging(import);
  managed.discard_staging(import);
  CHECK(!std::filesystem::exists(managed.staging(import)));
}

TEST_CASE("managed: a data folder that cannot be made is named") {
  const scratch_folder folder;
  write_file(folder / "file", "in the way");
  try {
    managed_directory{folder / "file"};
    FAIL("made a folder below a file");
  } catch (const failure& e) {
    CHECK(e.code == errc::unavailable);
    CHECK(std::string{e.what()}.find("file/originals") != std::string::npos);
  }
}

TEST_CASE("managed: the folders are writable, or the check says not") {
  const scratch_folder folder;
  const managed_directory managed{folder / "data"};
  CHECK_NOTHROW(managed.check_writable());
  std::filesystem::remove_all(managed.root() / "staging");
  CHECK_THROWS_AS(managed.check_writable(), failure);
}

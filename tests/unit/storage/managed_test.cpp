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
const std::vector<std::string> stored_names{"files", "set/b ü.tif"};

void stage(const managed_directory& managed) {
  const auto staged = managed.staged_files(import);
  std::filesystem::create_directories(staged / "set" / "notes");
  write_file(staged / stored_names[0], "first");
  write_file(staged / stored_names[1], "second");
  write_file(staged / "set" / "notes" / "refused.txt", "third");
}

void check_placed(const managed_directory& managed) {
  const auto placed = managed.absolute(managed_directory::original_prefix(import));
  CHECK(text_of(placed / stored_names[0]) == "first");
  CHECK(text_of(placed / stored_names[1]) == "second");
  CHECK(!std::filesystem::exists(placed / "set" / "notes"));
  struct stat now {};
  REQUIRE(::stat((placed / stored_names[0]).c_str(), &now) == 0);
  CHECK((now.st_mode & 0777) == 0440);
  CHECK(!std::filesystem::exists(managed.staging(import)));
}

/// place() in a process that dies at `point`. @returns whether it got there.
bool dies_at(const managed_directory& managed, const char* point) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::setenv("TROUPE_FAULT_POINT", point, 1);
    managed.place(import, stored_names);
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
  managed.place(import, stored_names);
  check_placed(managed);
  managed.place(import, stored_names); // once more is harmless
  check_placed(managed);
  managed.withdraw(import);
  CHECK(!std::filesystem::exists(
    managed.absolute(managed_directory::original_prefix(import))));
  managed.withdraw(import);
}

TEST_CASE("managed: a crash anywhere in place() loses nothing") {
  for (auto point : {"place.discarded", "place.sealed", "place.renamed", "place.done"}) {
    CAPTURE(point);
    const scratch_folder folder;
    const managed_directory managed{folder / "data"};
    stage(managed);
    REQUIRE(dies_at(managed, point));
    managed.place(import, stored_names);
    check_placed(managed);
  }
}

TEST_CASE("managed: many files are made durable and placed as few are") {
  const scratch_folder folder;
  const managed_directory managed{folder / "data"};
  std::vector<std::string> many;
  for (int i = 0; i < 200; ++i) {
    many.push_back(std::to_string(i % 7) + "/" + std::to_string(i));
    std::filesystem::create_directories(
      (managed.staged_files(import) / many.back()).parent_path());
    write_file(managed.staged_files(import) / many.back(), many.back());
  }
  managed.sync_staged(import, many);
  managed.place(import, many);
  const auto placed = managed.absolute(managed_directory::original_prefix(import));
  for (auto& name : many)
    CHECK(text_of(placed / name) == name);
}

TEST_CASE("managed: stored_names that leave the folder or are not there are refused") {
  const scratch_folder folder;
  const managed_directory managed{folder / "data"};
  stage(managed);
  CHECK_THROWS_AS(managed.place(import, {"../a", "b"}), failure);
  CHECK_THROWS_AS(managed.place(import, {"/a", "b"}), failure);
  CHECK_THROWS_AS(managed.place(import, {"a/../../b", "b"}), failure);
  CHECK_THROWS_AS(managed.place(import, {"files", "absent"}), failure);
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

TEST_CASE("managed: an attachment is kept once, under its hash, for good") {
  const scratch_folder folder;
  const managed_directory managed{folder / "data"};
  const auto hash = to_hex(managed.keep_attachment("name,value\n"));
  CHECK(to_hex(managed.keep_attachment("name,value\n")) == hash);
  const auto file = managed.absolute(managed_directory::attachment_file(hash));
  CHECK(text_of(file) == "name,value\n");
  CHECK(std::filesystem::is_empty(managed.root() / "staging"));
  struct stat now {};
  REQUIRE(::stat(file.c_str(), &now) == 0);
  CHECK((now.st_mode & 0777) == 0440);
}

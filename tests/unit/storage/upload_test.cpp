#include "storage/failure.hpp"
#include "storage/files/managed.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;

namespace {

errc refusal(const std::filesystem::path& file, int64_t offset) {
  try {
    upload_writer{file, offset};
  } catch (const failure& e) {
    return e.code;
  }
  return errc::none;
}

} // namespace

TEST_CASE("upload: goes on where the file ends") {
  const scratch_folder folder;
  const auto file = folder / "7" / "0"; // the folder comes with the first upload
  {
    upload_writer writer{file, 0};
    writer.append("abc", 3);
    writer.append("de", 2);
    CHECK(writer.finish() == 5);
  }
  CHECK(refusal(file, 0) == errc::conflict);
  CHECK(refusal(file, 6) == errc::conflict);
  upload_writer writer{file, 5};
  writer.append("f", 1);
  CHECK(writer.finish() == 6);
  CHECK(text_of(file) == "abcdef");
}

TEST_CASE("upload: one writer at a time") {
  const scratch_folder folder;
  upload_writer first{folder / "0", 0};
  CHECK(refusal(folder / "0", 0) == errc::conflict);
}

TEST_CASE("upload: a link in the place of the file is not followed") {
  const scratch_folder folder;
  std::filesystem::create_symlink(folder / "elsewhere", folder / "0");
  CHECK(refusal(folder / "0", 0) == errc::unavailable);
  CHECK(!std::filesystem::exists(folder / "elsewhere"));
}

TEST_CASE("upload: a full disk is said, what was written stays") {
  // /dev/full does not keep a size, but its errors are those of a full disk.
  upload_writer writer{"/dev/full", 0};
  try {
    writer.append("abc", 3);
    FAIL("wrote to a full disk");
  } catch (const failure& e) {
    CHECK(e.code == errc::no_space);
  }
}

TEST_CASE("checksum: the SHA-256 of a file, with progress") {
  const scratch_folder folder;
  const auto file = write_file(folder / "a", "abc");
  const std::atomic<bool> no{false}, yes{true};
  int64_t seen = 0;
  CHECK(to_hex(sha256_of_file(file, no, [&](int64_t bytes) { seen = bytes; }))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(seen == 3);
  CHECK_THROWS_AS(sha256_of_file(file, yes, {}), failure);
  CHECK_THROWS_AS(sha256_of_file(folder / "absent", no, {}), failure);
}

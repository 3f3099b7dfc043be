// Archives made while they are sent, read back by their own directory.

#include "storage/export/archive_names.hpp"
#include "storage/export/zip.hpp"
#include "tests/support/unzipped.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::test;
using exports::archive_member;
using exports::archive_names;
using exports::archived_file;
using exports::zip_archive;

namespace {

std::string all_of(zip_archive& archive) {
  std::string out;
  for (auto piece = archive.next(); piece.size() > 0; piece = archive.next())
    out += piece.view();
  return out;
}

archived_file kept(const scratch_folder& folder, const std::string& name,
                   const std::string& text) {
  return {name, write_file(folder / name, text), text.size()};
}

std::vector<std::string> named(std::vector<archive_member> members) {
  return archive_names(members);
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("zip: files come back as they were, the length known beforehand") {
  scratch_folder folder;
  const std::string long_text(3'000'001, 'x');
  zip_archive archive{{kept(folder, "a.txt", "hello"), kept(folder, "empty", ""),
                       kept(folder, "long", long_text)}};
  const auto promised = archive.bytes();
  const auto zip = all_of(archive);
  CHECK(zip.size() == promised);
  CHECK(unzipped(zip)
        == std::map<std::string, std::string>{
          {"a.txt", "hello"}, {"empty", ""}, {"long", long_text}});
  CHECK(archive.next().size() == 0);
}

TEST_CASE("zip: an archive of nothing") {
  zip_archive archive{{}};
  CHECK(archive.bytes() == 22);
  CHECK(unzipped(all_of(archive)).empty());
}

TEST_CASE("zip: what is made while it is sent lies beside files") {
  scratch_folder folder;
  auto pieces = std::make_shared<std::vector<std::string>>(
    std::vector<std::string>{"one ", "after ", "another"});
  archived_file made{.name = "made.txt", .bytes = 17};
  made.source = [pieces, next = size_t{0}]() mutable {
    const auto& piece = pieces->at(next++);
    return shared_bytes{{piece.begin(), piece.end()}};
  };
  auto lying = made;
  lying.bytes = 99;
  zip_archive archive{{made, kept(folder, "kept.txt", "hello")}};
  const auto zip = all_of(archive);
  CHECK(zip.size() == archive.bytes());
  CHECK(unzipped(zip)
        == std::map<std::string, std::string>{{"made.txt", "one after another"},
                                              {"kept.txt", "hello"}});
  lying.source = [] { return shared_bytes{}; };
  zip_archive broken{{lying}};
  CHECK_THROWS_AS(all_of(broken), failure);
}

TEST_CASE("zip: more files than 16 bits count") {
  scratch_folder folder;
  const auto one = kept(folder, "one", "1");
  std::vector<archived_file> many(66'000, one);
  for (size_t i = 0; i < many.size(); ++i)
    many[i].name = std::to_string(i);
  zip_archive archive{std::move(many)};
  const auto promised = archive.bytes();
  const auto zip = all_of(archive);
  CHECK(zip.size() == promised);
  CHECK(unzipped(zip).size() == 66'000);
}

TEST_CASE("zip: a file over 4 GiB has its sizes in 64 bits") {
  scratch_folder folder;
  const auto path = write_file(folder / "huge", "");
  const uint64_t bytes = (uint64_t{4} << 30) + 5;
  std::filesystem::resize_file(path, bytes); // takes no disk
  zip_archive archive{{{"huge", path, bytes}}};
  // Header, bytes, descriptor; directory, its 64-bit end, locator and end.
  CHECK(archive.bytes() == 30 + 4 + 20 + bytes + 24 + (46 + 4 + 4 + 16) + 56 + 20 + 22);
  const std::string head{archive.next().view().substr(0, 54)};
  CHECK(number_at<uint16_t>(head, 4) == 45);
  CHECK(number_at<uint32_t>(head, 22) == 0xffffffff);
  CHECK(number_at<uint64_t>(head, 38) == bytes);
}

TEST_CASE("zip: a file that is gone, shorter or changed is never left out silently") {
  scratch_folder folder;
  const auto file = kept(folder, "a", std::string(2'000'000, 'a'));
  auto wrong = file;
  wrong.bytes += 1;
  CHECK_THROWS_AS(check_unchanged(wrong), failure);
  CHECK_THROWS_AS(zip_archive{{wrong}}.next(), failure);
  wrong = file;
  wrong.modified_ns = 1;
  CHECK_THROWS_AS(check_unchanged(wrong), failure);
  check_unchanged(file);

  zip_archive begun{{file}};
  CHECK(begun.next().size() > 0);
  std::filesystem::resize_file(file.path, 1000);
  CHECK_THROWS_AS(all_of(begun), failure);
  std::filesystem::remove(file.path);
  CHECK_THROWS_AS(check_unchanged(file), failure);
  CHECK_THROWS_AS(zip_archive{{file}}.next(), failure);
}

TEST_CASE("archive names: nothing leaves the archive, every part is safe") {
  CHECK(named({{"../..", 1, "../../etc/passwd"}})
        == texts{".._/unnamed/unnamed/etc/passwd"});
  CHECK(named({{"", 1, "/etc/passwd"}}) == texts{"etc/passwd"});
  CHECK(named({{"2024/05", 1, "a\\b.tif"}}) == texts{"2024_05/a_b.tif"});
  CHECK(named({{"CON", 1, "nul.txt"}}) == texts{"_CON/_nul.txt"});
  CHECK(named({{"a\nb\x01", 1, "c:d"}}) == texts{"a_b/c_d"});
  CHECK(named({{"", 1, ""}}) == texts{"unnamed"});
}

TEST_CASE("archive names: filesets stay together and never meet") {
  CHECK(named({{"Day", 1, "a.tif"}, {"Day", 2, "b.tif"}, {"Night", 3, "a.tif"}})
        == texts{"Day/a.tif", "Day/b.tif", "Night/a.tif"});
  // The second set needs its own folder: its files refer to each other by name.
  CHECK(
    named({{"D", 1, "set.xml"}, {"D", 1, "x.tif"}, {"D", 2, "other"}, {"D", 2, "X.tif"}})
    == texts{"D/set.xml", "D/x.tif", "D/2/other", "D/2/X.tif"});
  CHECK(named({{"", 1, "a"}, {"", 2, "a"}, {"", 3, "A"}}) == texts{"a", "2/a", "3/A"});
  // A file where another set has a folder, and two names that are one when safe.
  CHECK(named({{"", 1, "a/b"}, {"", 2, "a"}}) == texts{"a/b", "2/a"});
  CHECK(named({{"", 1, "a:b.tif"}, {"", 1, "a?b.tif"}}).at(1) != "a_b.tif");
}

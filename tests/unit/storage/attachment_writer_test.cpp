// Files that come in pieces, kept once under the name of their hash.

#include "storage/files/attachment_writer.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <fstream>
#include <iterator>

using namespace troupe;
namespace fs = std::filesystem;

namespace {

struct folder {
  fs::path path =
    fs::temp_directory_path() / ("troupe-attachments-" + std::to_string(::getpid()));
  managed_directory files{path};
  ~folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  size_t drafts() const {
    const fs::directory_iterator all{path / "staging"};
    return static_cast<size_t>(std::distance(begin(all), end(all)));
  }
};

sha256_digest send(const folder& to, std::string_view bytes) {
  attachment_writer writer{to.files};
  for (; !bytes.empty(); bytes.remove_prefix(std::min<size_t>(bytes.size(), 3)))
    writer.append(bytes.data(), std::min<size_t>(bytes.size(), 3));
  return writer.keep();
}

} // namespace

TEST_CASE("attachments: pieces become one immutable file") {
  folder here;
  const std::string bytes = "seven bytes and more";
  const auto digest = send(here, bytes);
  CHECK(digest == sha256_of(bytes));
  const auto file =
    here.files.absolute(managed_directory::attachment_file(to_hex(digest)));
  std::ifstream in{file, std::ios::binary};
  CHECK(std::string{std::istreambuf_iterator<char>{in}, {}} == bytes);
  CHECK((fs::status(file).permissions() & fs::perms::owner_write) == fs::perms::none);
  CHECK(send(here, bytes) == digest); // again: the same file
  CHECK(send(here, "") == sha256_of(""));
  CHECK(here.drafts() == 0);
}

TEST_CASE("attachments: what was not kept is gone") {
  folder here;
  {
    attachment_writer writer{here.files};
    writer.append("abc", 3);
    CHECK(writer.bytes() == 3);
    CHECK(here.drafts() == 1);
  }
  CHECK(here.drafts() == 0);
  CHECK_FALSE(fs::exists(here.path / "originals" / "attachments"));
}

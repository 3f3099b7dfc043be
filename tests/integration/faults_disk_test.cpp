// A full disk: the upload is told so, and goes on when there is room again.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/mount.h>

#include <fstream>

using namespace troupe::test;
namespace fs = std::filesystem;

namespace {

/// A small file system over a folder, while the test may make one.
class small_disk {
public:
  small_disk(const fs::path& at, const char* size) : at_{at} {
    mounted_ = ::mount("tmpfs", at.c_str(), "tmpfs", 0, size) == 0;
  }
  ~small_disk() {
    if (mounted_)
      ::umount2(at_.c_str(), MNT_DETACH);
  }
  explicit operator bool() const { return mounted_; }

private:
  fs::path at_;
  bool mounted_;
};

} // namespace

TEST_CASE("disk full: an upload is refused with 507, keeps what arrived, and goes on later") {
  running_server server;
  small_disk disk{server.data() / "staging", "size=4m"};
  if (!disk) {
    MESSAGE("skipped: no right to mount a small file system here");
    return;
  }
  auto& root = server.root();
  auto file = big_tiff(3000, 3000);
  file.resize(std::max<size_t>(file.size(), 6 << 20)); // TIFF readers do not mind what follows
  const auto half = size_t{3} << 20;
  int64_t id = root.make("/api/v1/imports", {{"files", {{{"path", "big.tif"}, {"bytes", file.size()}}}}}).at("id");
  auto path = fmt::format("/api/v1/imports/{}/files/0", id);
  REQUIRE(root.patch(path, file.substr(0, half), 0).status == 204);

  auto refused = root.patch(path, file.substr(half), static_cast<int64_t>(half));
  CHECK(refused.status == 507);
  auto there = std::stoll(root.head(path).header("Upload-Offset"));
  CHECK(there >= static_cast<int64_t>(half));
  CHECK(there < static_cast<int64_t>(file.size()));
  CHECK(server.is_ready());

  REQUIRE(::mount("tmpfs", (server.data() / "staging").c_str(), "tmpfs", MS_REMOUNT, "size=64m") == 0);
  REQUIRE(root.patch(path, file.substr(static_cast<size_t>(there)), there).status == 204);
  REQUIRE(root.head(path).header("Upload-Offset") == std::to_string(file.size()));
  CHECK(root.remove(fmt::format("/api/v1/imports/{}", id)).status == 204);
  CHECK(comes_true([&] { return fs::is_empty(server.data() / "staging"); }));
}

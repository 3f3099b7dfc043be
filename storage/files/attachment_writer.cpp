#include "storage/files/attachment_writer.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path) {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  throw failure{full ? errc::no_space : errc::unavailable,
                full ? "the disk is full" : path.string() + ": " + reason_of(errno)};
}

fs::path new_draft(const fs::path& root) {
  static std::atomic<int64_t> count{0};
  return root / "staging" / fmt::format("sent-{}-{}", ::getpid(), ++count);
}

} // namespace

attachment_writer::attachment_writer(const managed_directory& files)
  : files_{files},
    draft_{new_draft(files.root())},
    file_{::open(draft_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                 0600)} {
  if (!file_)
    refuse(draft_);
}

attachment_writer::~attachment_writer() {
  ::unlink(draft_.c_str()); // not there any more when it was kept
}

void attachment_writer::append(const char* data, size_t size) {
  sum_.add(data, size);
  bytes_ += static_cast<int64_t>(size);
  while (size > 0) {
    const auto written = ::write(file_.get(), data, size);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      refuse(draft_);
    data += written;
    size -= static_cast<size_t>(written);
  }
}

sha256_digest attachment_writer::keep() {
  const auto digest = sum_.value();
  const auto kept = files_.absolute(managed_directory::attachment_file(to_hex(digest)));
  if (fs::exists(kept))
    return digest;
  fs::create_directories(kept.parent_path());
  if (::fchmod(file_.get(), 0440) != 0 || ::fsync(file_.get()) != 0
      || ::rename(draft_.c_str(), kept.c_str()) != 0)
    refuse(draft_);
  sync_folder(kept.parent_path());
  return digest;
}

} // namespace troupe

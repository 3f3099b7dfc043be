// Attached files: kept once under the name of their hash.

#include "storage/files/descriptor.hpp"
#include "storage/files/managed.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe {
namespace {

namespace fs = std::filesystem;

failure failed(const fs::path& path) {
  return {errno == ENOSPC ? errc::no_space : errc::unavailable,
          path.string() + ": " + reason_of(errno)};
}

void write_all(const descriptor& to, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(to.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      throw failed(path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

} // namespace

std::string managed_directory::attachment_file(const std::string& sha256) {
  return fmt::format("originals/attachments/{}/{}/{}", sha256.substr(0, 2),
                     sha256.substr(2, 2), sha256);
}

sha256_digest managed_directory::keep_attachment(std::string_view bytes) const {
  const auto digest = sha256_of(bytes);
  const auto file = absolute(attachment_file(to_hex(digest)));
  if (fs::exists(file))
    return digest;
  fs::create_directories(file.parent_path());
  // Whole or not at all: written in staging, then renamed.
  static std::atomic<int64_t> count{0};
  const auto draft =
    root_ / "staging" / fmt::format("attachment-{}-{}", ::getpid(), ++count);
  const descriptor made{
    ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  if (!made)
    throw failed(draft);
  try {
    write_all(made, bytes, draft);
    if (::fchmod(made.get(), 0440) != 0 || ::fsync(made.get()) != 0
        || ::rename(draft.c_str(), file.c_str()) != 0)
      throw failed(draft);
  } catch (...) {
    ::unlink(draft.c_str());
    throw;
  }
  sync_folder(file.parent_path());
  return digest;
}

} // namespace troupe

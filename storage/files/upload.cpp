#include "storage/files/descriptor.hpp"
#include "storage/files/managed.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe {
namespace {

[[noreturn]] void refuse(int error) {
  const auto full = error == ENOSPC || error == EDQUOT;
  throw failure{full ? errc::no_space : errc::unavailable,
                full ? "the disk is full" : "upload: " + reason_of(error)};
}

} // namespace

upload_writer::upload_writer(const std::filesystem::path& file, int64_t offset) {
  std::error_code ignored; // open() tells
  std::filesystem::create_directories(file.parent_path(), ignored);
  descriptor opened{
    ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640)};
  if (!opened)
    refuse(errno);
  if (::flock(opened.get(), LOCK_EX | LOCK_NB) != 0)
    throw failure{errc::conflict, "another upload is writing this file"};
  struct stat now {};
  if (::fstat(opened.get(), &now) != 0)
    refuse(errno);
  if (now.st_size != offset)
    throw failure{errc::conflict,
                  "the upload goes on at byte " + std::to_string(now.st_size)};
  fd_ = opened.release();
  offset_ = start_ = offset;
}

upload_writer::~upload_writer() {
  if (fd_ >= 0)
    ::close(fd_);
}

void upload_writer::append(const char* data, size_t size) {
  while (size > 0) {
    const auto written = ::pwrite(fd_, data, size, offset_);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      refuse(errno);
    data += written;
    size -= static_cast<size_t>(written);
    offset_ += written;
  }
}

int64_t upload_writer::finish() {
  constexpr int64_t little = 1 << 20;
  if (offset_ - start_ >= little && ::fdatasync(fd_) != 0)
    refuse(errno);
  return offset_;
}

} // namespace troupe

// A file descriptor that closes itself, and the errors of system calls in words.

#pragma once

#include "storage/failure.hpp"

#include <filesystem>
#include <utility>

namespace troupe {

class descriptor {
public:
  descriptor() = default;
  explicit descriptor(int fd) : fd_{fd} {}
  descriptor(descriptor&& other) noexcept : fd_{other.release()} {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~descriptor();
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }
  explicit operator bool() const { return fd_ >= 0; }

private:
  int fd_ = -1;
};

/// "no space left on device" and the like, for an errno.
std::string reason_of(int error);

/// Opens read-only. @throws failure{not_found} when absent, else failure{unreadable}.
descriptor open_for_reading(const std::filesystem::path& file);

/// Makes the entries of a folder survive a power cut. @throws failure{unavailable}.
void sync_folder(const std::filesystem::path& folder);

} // namespace troupe

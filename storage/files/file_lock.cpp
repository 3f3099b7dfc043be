#include "storage/files/file_lock.hpp"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>

namespace troupe {

file_lock::file_lock(const std::filesystem::path& file,
                     const std::atomic<bool>& cancelled)
  : file_{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
  if (!file_)
    throw failure{errc::unavailable, file.string() + ": " + reason_of(errno)};
  while (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      throw failure{errc::unavailable, file.string() + ": " + reason_of(errno)};
    if (cancelled)
      throw failure{errc::gone, "cancelled"};
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
}

} // namespace troupe

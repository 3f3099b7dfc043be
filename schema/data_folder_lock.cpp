// One server in a data folder.

#include "schema/embedded.hpp"
#include "storage/failure.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

namespace troupe {

data_folder_lock::data_folder_lock(const std::filesystem::path& data) {
  std::error_code error;
  std::filesystem::create_directories(data, error);
  auto file = data / "troupe.lock";
  fd_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0)
    throw failure{errc::unavailable, file.string() + ": " + std::strerror(errno)};
  if (flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    std::string holder;
    std::getline(std::ifstream{file}, holder);
    close(fd_);
    throw failure{errc::conflict, data.string() + " is in use by process "
                                    + (holder.empty() ? "(starting)" : holder)};
  }
  auto pid = std::to_string(getpid()) + "\n";
  if (ftruncate(fd_, 0) != 0
      || pwrite(fd_, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    int why = errno;
    close(fd_);
    throw failure{errc::unavailable, file.string() + ": " + std::strerror(why)};
  }
}

data_folder_lock::~data_folder_lock() {
  close(fd_);
}

} // namespace troupe

#include "storage/files/descriptor.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace troupe {

descriptor::~descriptor() {
  if (fd_ >= 0)
    ::close(fd_);
}

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

descriptor open_for_reading(const std::filesystem::path& file) {
  descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
  if (!opened)
    throw failure{errno == ENOENT || errno == ENOTDIR ? errc::not_found
                                                      : errc::unreadable,
                  file.filename().string() + ": " + reason_of(errno)};
  return opened;
}

void sync_folder(const std::filesystem::path& folder) {
  descriptor opened{::open(folder.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY)};
  if (!opened || ::fsync(opened.get()) != 0)
    throw failure{errc::unavailable, folder.string() + ": " + reason_of(errno)};
}

} // namespace troupe

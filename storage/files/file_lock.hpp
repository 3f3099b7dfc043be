// A lock that ends with its process: at most one works on a thing, whoever it is.

#pragma once

#include "storage/files/descriptor.hpp"

#include <atomic>
#include <filesystem>

namespace troupe {

class file_lock {
public:
  /// Waits until nobody holds the lock. The file is made when absent and stays.
  /// @throws failure{gone} when `cancelled` turns true first, failure{unavailable}.
  file_lock(const std::filesystem::path& file, const std::atomic<bool>& cancelled);

private:
  descriptor file_;
};

} // namespace troupe

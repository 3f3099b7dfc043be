// Two incarnations of a worker never work on the same thing.

#pragma once

#include "storage/files/file_lock.hpp"
#include "storage/files/managed.hpp"

namespace troupe {

/// Waits until nobody works on `what` number `id`. A few files serve all.
inline file_lock claim_work(const std::filesystem::path& data, const char* what,
                            int64_t id, const std::atomic<bool>& cancelled) {
  auto folder = managed_directory{data}.root() / "locks";
  std::filesystem::create_directories(folder);
  return file_lock{folder / (what + std::to_string(id % 64)), cancelled};
}

} // namespace troupe

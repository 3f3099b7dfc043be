// The lookup tables of a folder that people may put files into at any time.

#pragma once

#include "storage/render/lut_library.hpp"

#include <chrono>
#include <mutex>

namespace troupe::render {

/// Shared by threads.
class lut_shelf {
public:
  explicit lut_shelf(std::filesystem::path folder) : folder_{std::move(folder)} {}

  struct content {
    lut_library tables = lut_library::built_in();
    std::string stamp; ///< changes when a table may have
  };
  /// Looks at the folder once in a while and reads it again when files have changed.
  content current();
  /// What current() found last, without a look at the disk.
  content known() const;

private:
  std::filesystem::path folder_;
  mutable std::mutex lock_;
  content known_;
  std::chrono::steady_clock::time_point looked_;
};

} // namespace troupe::render

// Makes the pyramid of an image in one pass over its samples, and learns what they are
// like on the way.

#pragma once

#include "storage/derive/meta.hpp"
#include "storage/derive/plan.hpp"

#include <chrono>
#include <functional>

namespace troupe::derive {

struct build_request {
  formats::fileset_ptr from;
  std::filesystem::path file; ///< its main file
  int32_t series = 0;
  std::filesystem::path folder; ///< where the pyramid goes; <folder>.part until done
  size_t threads = 2;
  std::chrono::milliseconds checkpoint_every{2000};
};

/// Goes on where an earlier run was killed; what is complete is left alone.
/// @param progress  called with 0..1 after each row of tiles.
/// @throws failure{bad_request} for an image that needs no pyramid, {unreadable} when it
///         cannot be decoded, {no_space}, {unavailable}.
pyramid_meta build(const build_request& what,
                   const std::function<void(double)>& progress);

/// Removes a pyramid, finished or not; absent is fine. @throws failure{unavailable}.
void remove(const std::filesystem::path& folder);

} // namespace troupe::derive

// OpenSlide's handle of a slide: opened when it is first read, shared by threads, closed
// when nobody reads.

#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <openslide.h>

namespace troupe::formats {

using slide_ptr = std::shared_ptr<openslide_t>;

/// @throws failure{unreadable} with OpenSlide's reason.
slide_ptr open_slide(const std::filesystem::path& main);

/// @throws failure{unreadable} when an earlier call failed.
void check_slide(openslide_t* slide);

class slide_handle {
public:
  explicit slide_handle(std::filesystem::path main) : main_{std::move(main)} {}
  /// @throws as open_slide().
  slide_ptr get() const;
  /// Forgets a handle that failed: OpenSlide's never recover.
  void drop() const;

private:
  std::filesystem::path main_;
  mutable std::mutex lock_;
  mutable std::weak_ptr<openslide_t> opened_;
};

} // namespace troupe::formats

// Readers a thread has used lately: opening a file again costs more than a tile.

#pragma once

#include "storage/formats/open_source.hpp"

#include <list>

namespace troupe::formats {

/// The readers used last, at most `capacity` of them holding at most `memory` bytes of
/// decoded pixels together (one reader may always stay). Belongs to one thread.
class reader_cache {
public:
  explicit reader_cache(size_t capacity = 16, int64_t memory = 256 << 20)
    : capacity_{capacity},
      memory_{memory} {}
  /// Valid until the next call. @throws as open_source(), also for a reader held.
  reader& open(const image_source& source);
  /// Forgets a file, e.g. after its reader failed.
  void drop(const std::string& path);
  size_t size() const { return entries_.size(); }

private:
  struct entry {
    std::string path;
    std::unique_ptr<reader> opened;
  };
  void trim();

  size_t capacity_;
  int64_t memory_;
  std::list<entry> entries_; // most recent first
};

} // namespace troupe::formats

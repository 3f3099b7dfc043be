// Readers a thread has used lately, on top of the library and the tiles all threads
// share.

#pragma once

#include "storage/formats/library.hpp"
#include "storage/formats/reader.hpp"
#include "storage/formats/tile_cache.hpp"

#include <list>

namespace troupe::formats {

/// What the threads of a process share to read images.
struct shelves {
  /// @param memos  see library.
  explicit shelves(int64_t tile_bytes = 256 << 20, std::filesystem::path memos = {})
    : filesets{std::move(memos)},
      tiles{tile_bytes} {}
  library filesets;
  tile_cache tiles;
};

/// The readers used last, at most `capacity` of them. Belongs to one thread.
class reader_cache {
public:
  explicit reader_cache(std::shared_ptr<shelves> shared = std::make_shared<shelves>(),
                        size_t capacity = 16)
    : shared_{std::move(shared)},
      capacity_{capacity} {}
  /// Valid until the next call. @throws as library::open(), also for a reader held.
  fileset_reader& open(const image_source& source);
  /// Forgets a file, e.g. after its reader failed.
  void drop(const std::string& path);
  size_t size() const { return entries_.size(); }

private:
  struct entry {
    std::string path, derived; ///< of the image_source
    std::unique_ptr<fileset_reader> opened;
  };

  fileset_ptr current(const image_source& source);

  std::shared_ptr<shelves> shared_;
  size_t capacity_;
  std::list<entry> entries_; // most recent first
};

} // namespace troupe::formats

// Files as one ZIP, made while it is sent: stored, not packed (pixels hardly shrink), so
// that its length is known before the first byte; ZIP64 where it must be.

#pragma once

#include "storage/files/descriptor.hpp"
#include "storage/pixels.hpp"

#include <functional>

namespace troupe::exports {

struct archived_file {
  std::string name; ///< in the archive, UTF-8, see archive_names()
  std::filesystem::path path;
  uint64_t bytes = 0;      ///< that it must have
  int64_t modified_ns = 0; ///< that it must have, ns since 1970; 0 = not checked
  int64_t date = 0;        ///< shown in the archive, s since 1970
  std::function<shared_bytes()> source = {}; ///< instead of a file: its next bytes
};

/// A part of the archive's end: what the directory says of a file.
struct zip_entry {
  uint64_t offset = 0; ///< of its header
  uint32_t crc = 0;
};

/// Looks at a file without reading it.
/// @throws failure{not_found} when it is gone, {unreadable} when it has changed.
void check_unchanged(const archived_file& file);

class zip_archive {
public:
  /// @throws failure{too_large} for a name that no archive holds.
  explicit zip_archive(std::vector<archived_file> files);
  /// Of the whole archive.
  uint64_t bytes() const { return bytes_; }
  /// @returns the next bytes, a few hundred KiB; none at the end.
  /// @throws failure{not_found, unreadable} naming the file that is not as it was.
  shared_bytes next();

private:
  void begin_file();
  void read_on(shared_bytes::vector& to);
  void read_file(shared_bytes::vector& to);
  void end_file(shared_bytes::vector& to);
  void finish(shared_bytes::vector& to);

  std::vector<archived_file> files_;
  std::vector<zip_entry> entries_;
  uint64_t bytes_ = 0;
  uint64_t made_ = 0;   ///< bytes handed out
  bool inside_ = false; ///< of file number entries_.size() - 1
  descriptor open_;     ///< that file
  uint64_t read_ = 0;   ///< bytes of it
  bool over_ = false;
};

} // namespace troupe::exports

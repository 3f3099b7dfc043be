// The managed directory: where originals, uploads and caches live.
//
//   <data>/originals/012/345/012345678/<name>   immutable, 0440, one folder per import
//   <data>/staging/<import>/files/<name>         uploads under way; same file system
//   <data>/cache/thumbnails/...                  may be deleted at any time

#pragma once

#include "storage/pixels.hpp"

#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace troupe {

using sha256_digest = std::array<uint8_t, 32>;
std::string to_hex(const sha256_digest& digest);
sha256_digest sha256_of(std::string_view bytes);

class managed_directory {
public:
  /// Creates the folders. @throws failure{unavailable} naming the path and reason.
  explicit managed_directory(std::filesystem::path data);

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path staging(int64_t import) const;
  /// What becomes the import's folder of originals. Names come from staged_names().
  std::filesystem::path staged_files(int64_t import) const;
  /// "originals/012/345/012345678": relative to the root, stored in SQL as prefix.
  static std::string original_prefix(int64_t import);
  std::filesystem::path absolute(const std::string& relative) const;
  std::filesystem::path cache(const std::string& kind) const;
  /// "cache/derived/012/345/012345678": what was made for an image, relative to the root.
  static std::string derived_folder(int64_t image);

  /// Keeps bytes under the name of their hash, immutable; the same bytes once.
  /// @returns the hash.
  sha256_digest keep_attachment(std::string_view bytes) const;
  /// "originals/attachments/ab/cd/abcd...": relative to the root.
  static std::string attachment_file(const std::string& sha256);

  /// Removes an import's staging folder; absent is fine.
  void discard_staging(int64_t import) const;
  /// Makes staged files survive a power cut: one by one, or many at once.
  void sync_staged(int64_t import, const std::vector<std::string>& names) const;
  /// Moves the named files from staging to originals/<prefix> atomically: the others are
  /// discarded, these made 0440 and synced, then the folder is renamed as a whole.
  /// Repeating after a crash at any point is safe.
  void place(int64_t import, const std::vector<std::string>& names) const;
  /// Removes what place() made, for an import that never reached its rows.
  void withdraw(int64_t import) const;
  /// @throws failure{unavailable} when the folders cannot be written.
  void check_writable() const;

private:
  std::filesystem::path root_;
};

/// A file name that is safe on disk and shows what the user called it: no separators,
/// control characters or reserved names; at most 200 bytes of valid UTF-8.
std::string safe_file_name(const std::string& client_path);

/// Relative paths for files that clients call so: their folders are kept, every part is a
/// safe_file_name(), no two meet, none is longer than 1 KiB or so.
std::vector<std::string> staged_names(const std::vector<std::string>& client_paths);

/// Whether a desktop left the file beside others: .DS_Store, Thumbs.db and the like.
bool is_clutter(const std::filesystem::path& file);

/// @param cancelled  polled between blocks. @throws failure{gone} then.
/// @throws failure{unreadable} naming the file when it cannot be read.
sha256_digest sha256_of_file(const std::filesystem::path& file,
                             const std::atomic<bool>& cancelled,
                             const std::function<void(int64_t bytes)>& progress);

/// Appends to one staged file; the offset is the file's size on disk.
class upload_writer {
public:
  /// Locks the file against a second writer.
  /// @throws failure{conflict} when `offset` is not the size on disk or it is locked.
  upload_writer(const std::filesystem::path& file, int64_t offset);
  ~upload_writer();
  upload_writer(const upload_writer&) = delete;
  upload_writer& operator=(const upload_writer&) = delete;
  /// @throws failure{no_space} when the disk is full; what was written stays.
  void append(const char* data, size_t size);
  /// Flushes to disk, unless it is little: that is sync_staged()'s.
  /// @returns the new offset.
  int64_t finish();

private:
  int fd_ = -1;
  int64_t offset_ = 0, start_ = 0;
};

} // namespace troupe

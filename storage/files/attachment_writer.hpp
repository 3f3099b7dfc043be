// A file to be attached, as it comes: of any size, hashed on the way.

#pragma once

#include "storage/files/descriptor.hpp"
#include "storage/files/digest_stream.hpp"

namespace troupe {

/// Writes into staging; what was not kept is gone with the writer.
class attachment_writer {
public:
  /// @throws failure{unavailable} naming the path and reason.
  explicit attachment_writer(const managed_directory& files);
  ~attachment_writer();
  attachment_writer(const attachment_writer&) = delete;
  attachment_writer& operator=(const attachment_writer&) = delete;

  /// @throws failure{no_space} when the disk is full, {unavailable}.
  void append(const char* data, size_t size);
  int64_t bytes() const { return bytes_; }
  /// Moves the whole to where attachments are, immutable; the same bytes once.
  /// @returns the hash.
  sha256_digest keep();

private:
  const managed_directory& files_;
  std::filesystem::path draft_;
  descriptor file_;
  digest_stream sum_;
  int64_t bytes_ = 0;
};

} // namespace troupe

// The bytes of a TIFF as libtiff is to see them.

#pragma once

#include "storage/files/descriptor.hpp"

#include <array>
#include <cstdint>
#include <tiffio.h>

namespace troupe::formats {

/// A file whose header may name any directory as the first one: libtiff then goes to it
/// at once, where TIFFSetSubDirectory() looks at every directory of the chain.
class tiff_bytes {
public:
  /// @throws failure{unreadable} for a header that is cut or leads nowhere.
  explicit tiff_bytes(const std::filesystem::path& file);

  int descriptor() const { return file_.get(); }
  int64_t size() const { return size_; }
  /// @param directory  by offset; must be inside the file.
  void start_at(uint64_t directory);
  /// Opens what start_at() chose. @returns null when libtiff refuses.
  TIFF* open(const char* name, TIFFOpenOptions* how);

private:
  static tmsize_t read(thandle_t self, void* to, tmsize_t size);
  static tmsize_t write(thandle_t, void*, tmsize_t) { return 0; }
  static toff_t seek(thandle_t self, toff_t to, int from);
  static int close(thandle_t) { return 0; }
  static toff_t size_of(thandle_t self);
  tmsize_t take(uint8_t* to, size_t size);

  troupe::descriptor file_;
  int64_t size_ = 0;
  uint64_t at_ = 0;
  std::array<uint8_t, 16> header_{};
  size_t header_bytes_ = 8;
  bool big_endian_ = false;
  std::array<uint8_t, 4096> window_; ///< directories are read in small pieces
  uint64_t window_at_ = 0;
  size_t window_bytes_ = 0;
};

} // namespace troupe::formats

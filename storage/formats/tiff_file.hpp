// One open TIFF file. What libtiff complains about ends in our failures, not on stderr.

#pragma once

#include "storage/formats/tiff_bytes.hpp"

#include <string>
#include <string_view>
#include <tiffio.h>

namespace troupe::formats {

class tiff_file {
public:
  /// @throws failure{unreadable} with libtiff's reason.
  explicit tiff_file(const std::filesystem::path& file);
  ~tiff_file();
  tiff_file(const tiff_file&) = delete;
  tiff_file& operator=(const tiff_file&) = delete;

  TIFF* get() const { return tiff_; }
  /// For reading beside libtiff, with pread().
  int descriptor() const { return source_.descriptor(); }
  int64_t bytes() const { return source_.size(); }
  const std::string& name() const { return name_; }
  /// Byte offset of the directory libtiff is in.
  uint64_t current() const;
  /// Moves to the directory at a byte offset. @throws failure{unreadable}.
  void enter(uint64_t offset);
  /// Moves to the next directory of the chain.
  /// @returns false at the end. @throws failure{unreadable} when the chain is broken.
  bool next();
  /// Whether libtiff reported an error since enter(), whatever it returned.
  bool complained() const { return !complaint_.empty(); }
  /// @throws failure{unreadable} "<what>: <libtiff's complaint>".
  [[noreturn]] void fail(std::string_view what) const;

private:
  static int note_error(TIFF*, void* self, const char*, const char* format, va_list);
  static int note_warning(TIFF*, void* self, const char*, const char* format, va_list);
  bool open();
  void entered();

  tiff_bytes source_;
  TIFF* tiff_ = nullptr;
  std::string name_, complaint_;
  bool loops_ = false; ///< the next directory is one that was read before
};

} // namespace troupe::formats

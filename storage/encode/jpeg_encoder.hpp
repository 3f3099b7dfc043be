// libjpeg as an object that can be used again and again.

#pragma once

#include "storage/encode/mcu_line.hpp"

#include <csetjmp>

namespace troupe {

/// A rectangle of a picture to be encoded as a JPEG of its own.
struct jpeg_band {
  extent size;
  int32_t top = 0;
  int percent = 85;     ///< IJG quality
  uint32_t restart = 0; ///< MCUs between restart markers, 0 = none
};

/// Chroma 4:2:0. Bytes equal TurboJPEG's.
class jpeg_encoder {
public:
  jpeg_encoder();
  ~jpeg_encoder();
  jpeg_encoder(const jpeg_encoder&) = delete;
  jpeg_encoder& operator=(const jpeg_encoder&) = delete;
  /// The encoder of this thread.
  static jpeg_encoder& of_thread();

  /// @returns a complete file, valid until the next call.
  /// @throws failure{internal} with libjpeg's reason.
  std::span<const uint8_t> encode(const jpeg_band& band, const row_source& rows);

private:
  void start(const jpeg_band& band);
  void write();
  void finish();
  void grow();
  /// Calls libjpeg, which jumps out when it fails.
  template <class Call>
  void guarded(Call call);

  static jpeg_encoder& of(j_common_ptr state);

  jpeg_compress_struct state_{};
  jpeg_error_mgr errors_{};
  jpeg_destination_mgr sink_{};
  std::jmp_buf on_error_{};
  std::vector<uint8_t> bytes_;
  mcu_line line_;
};

} // namespace troupe

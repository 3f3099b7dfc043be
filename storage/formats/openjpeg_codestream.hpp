// OpenJPEG's decoder of one codestream, with its errors as failures.

#pragma once

#include "storage/formats/openjpeg.hpp"

#include <memory>
#include <openjpeg.h>

namespace troupe::formats {

template <auto Destroy>
struct destroyed_by {
  void operator()(auto* p) const { Destroy(p); }
};
inline void destroy_info(opj_codestream_info_v2_t* p) {
  opj_destroy_cstr_info(&p);
}
using opj_codec = std::unique_ptr<opj_codec_t, destroyed_by<opj_destroy_codec>>;
using opj_stream = std::unique_ptr<opj_stream_t, destroyed_by<opj_stream_destroy>>;
using opj_picture = std::unique_ptr<opj_image_t, destroyed_by<opj_image_destroy>>;
using opj_info = std::unique_ptr<opj_codestream_info_v2_t, destroyed_by<destroy_info>>;

/// A codestream, opened. OpenJPEG decodes one area of it.
class codestream {
public:
  /// @throws failure{unreadable} when its head cannot be read.
  codestream(const byte_source& from, int32_t reduce);
  codestream(const codestream&) = delete;
  codestream& operator=(const codestream&) = delete;

  const opj_image_t& image() const { return *image_; }
  opj_info info() const;
  /// @param left, top, right, bottom  on the reference grid.
  /// @throws failure{unreadable} with OpenJPEG's reason.
  const opj_image_t& decode(int64_t left, int64_t top, int64_t right, int64_t bottom);

  /// A source and how far it has been read.
  struct cursor {
    const byte_source* from;
    uint64_t at = 0;
  };

private:
  [[noreturn]] void refuse() const;

  cursor at_;
  std::string complaint_;
  opj_codec codec_;
  opj_stream stream_;
  opj_picture image_;
};

} // namespace troupe::formats

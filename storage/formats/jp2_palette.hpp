// The palette of a JP2 file: one coded component is several channels.

#pragma once

#include "storage/formats/openjpeg.hpp"

#include <optional>

namespace troupe::formats {

struct jp2_palette {
  int32_t channels = 0;
  int32_t bits = 0; ///< of the deepest channel
};

/// Nothing where there is none, or the boxes are broken: OpenJPEG says how.
std::optional<jp2_palette> palette_of_jp2(const byte_source& from);

} // namespace troupe::formats

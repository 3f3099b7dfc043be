// Samples of what OpenJPEG has decoded, as our tiles hold them.

#pragma once

#include "storage/formats/openjpeg_codestream.hpp"

namespace troupe::formats {

/// A rectangle of the reference grid, at a resolution.
struct jpeg2000_area {
  int64_t left = 0, top = 0; ///< at that resolution
  int32_t reduce = 0;
  extent size;
};

/// Rounds up. @param times  how often a length is halved.
inline int64_t halved(int64_t length, int32_t times) {
  return (length + (int64_t{1} << times) - 1) >> times;
}

/// @param image  decoded, no smaller than the area.
/// @returns      size.height x size.width x image.numcomps values, little-endian.
/// @throws failure{unreadable} when a component has no samples.
std::vector<uint8_t> samples_of(const opj_image_t& image, const jpeg2000_area& area,
                                const jpeg2000_shape& shape, jpeg2000_samples samples);

} // namespace troupe::formats

// JPEG 2000 codestreams and JP2 files, decoded by OpenJPEG: any rectangle at any
// resolution.

#pragma once

#include "storage/pixels.hpp"

#include <functional>
#include <span>

namespace troupe::formats {

/// Bytes that are read where they are needed.
struct byte_source {
  /// Fills `to` from position `at` on. @returns how many bytes there were.
  std::function<size_t(uint64_t at, uint8_t* to, size_t size)> read;
  uint64_t size = 0;
};
byte_source bytes_in_memory(std::span<const uint8_t> bytes);

/// What the head of a codestream says.
struct jpeg2000_shape {
  int32_t left = 0, top = 0; ///< of the picture on the reference grid
  extent size;
  int32_t samples = 1; ///< components, interleaved when decoded
  pixel_type type = pixel_type::uint8;
  int32_t bits = 8;        ///< of the deepest component
  bool luma = false;       ///< the JP2 says luma and two chromas; decoded to RGB
  int32_t resolutions = 1; ///< each half the one before
  extent tile;             ///< as coded, at full resolution
};

/// How samples are stored.
enum class jpeg2000_samples {
  as_coded, ///< 9 bits are 0..511 of a uint16
  spread,   ///< 9 bits are shifted to the top of a uint16
};

/// @throws failure{unreadable} with the reason, also for sizes beyond our limits.
jpeg2000_shape read_jpeg2000_head(const byte_source& from);

/// @param reduce  how often the size is halved, below shape.resolutions.
/// @param where   at that resolution.
/// @returns       where.height x where.width x shape.samples values, little-endian.
/// @throws failure{unreadable} with the reason.
std::vector<uint8_t> decode_jpeg2000(const byte_source& from, const jpeg2000_shape& shape,
                                     int32_t reduce, const region& where,
                                     jpeg2000_samples samples);

/// Size at a resolution. @param reduce  how often it is halved.
extent reduced(const jpeg2000_shape& shape, int32_t reduce);

/// A whole codestream in memory as another format holds it, e.g. a TIFF tile.
struct jpeg2000_picture {
  jpeg2000_shape shape;
  std::vector<uint8_t> pixels; ///< interleaved, as coded
};
/// @param largest  what the outer format declares; more is refused before it is decoded.
jpeg2000_picture decode_jpeg2000(std::span<const uint8_t> codestream, extent largest);

} // namespace troupe::formats

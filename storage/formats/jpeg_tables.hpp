// JPEG streams that leave their tables elsewhere, as TIFF tiles do, made whole.

#pragma once

#include "storage/pixels.hpp"

#include <optional>
#include <span>

namespace troupe::formats {

/// What the head of a JPEG says of its picture.
struct jpeg_frame {
  extent size;
  int32_t samples = 0, bits = 0;
};
/// @returns nothing when no frame begins before the first scan.
std::optional<jpeg_frame> frame_of(std::span<const uint8_t> jpeg);

enum class jpeg_colors : uint8_t { grey, rgb, luma };

/// A stream any decoder shows: tables and stream in one, and a marker that says whether
/// three samples are RGB or luma and chromas. Of what the stream says itself nothing is
/// kept.
/// @param tables  an abbreviated stream of tables, or nothing.
/// @returns nothing when either is no JPEG.
std::optional<shared_bytes> whole_jpeg(std::span<const uint8_t> tables,
                                       std::span<const uint8_t> stream,
                                       jpeg_colors colors);

} // namespace troupe::formats

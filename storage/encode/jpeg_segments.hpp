// The outer shape of a JPEG file: segments, then the scan.

#pragma once

#include "storage/pixels.hpp"

#include <span>

namespace troupe {

/// Second bytes of markers.
struct jpeg_marker {
  static constexpr uint8_t start = 0xd8, end = 0xd9, scan = 0xda, restart = 0xd0,
                           app0 = 0xe0, app14 = 0xee;
};

struct jpeg_segment {
  uint8_t marker = 0;
  std::span<const uint8_t> bytes; ///< with marker and length
};

/// The segments between the start of the file and its scan or end, and what follows: from
/// the scan's marker on, or nothing.
struct jpeg_segments {
  std::vector<jpeg_segment> list;
  std::span<const uint8_t> rest;
};

/// @returns nothing when the bytes are no JPEG or a segment is cut.
std::optional<jpeg_segments> segments_of(std::span<const uint8_t> file);

/// What a frame header says.
struct jpeg_frame {
  extent size;
  int32_t bits = 0, components = 0;
};

/// @returns nothing when it is no frame header that browsers decode (baseline, extended
///          or progressive, Huffman coded).
std::optional<jpeg_frame> frame_of(const jpeg_segment& s);

/// Entropy-coded bytes of a file of one scan, without the marker at the end.
/// @throws failure{internal} when there is none.
std::span<const uint8_t> scan_of(std::span<const uint8_t> file);

/// Changes the number of rows a file's header states.
void set_height(std::span<uint8_t> header, int32_t height);

} // namespace troupe

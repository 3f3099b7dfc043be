// What one TIFF directory (page) says about its pixels.

#pragma once

#include "storage/formats/tiff_file.hpp"
#include "storage/pixels.hpp"

#include <array>
#include <optional>
#include <vector>

namespace troupe::formats {

/// Luma and chromas that the codec leaves as they are.
struct tiff_luma {
  int32_t across = 1, down = 1;     ///< pixels that share their chromas
  std::array<float, 3> weights;     ///< of red, green and blue in luma
  std::array<float, 6> black_white; ///< reference levels of luma and both chromas
  bool operator==(const tiff_luma&) const = default;
};

/// How stored samples become the samples read() returns.
struct tiff_coding {
  uint16_t compression = COMPRESSION_NONE;
  uint16_t bits = 8;            ///< stored bits of a sample
  bool inverted = false;        ///< unsigned, white is zero
  int32_t factor = 1;           ///< spreads grey of 2 and 4 bits over 8, as PNG does
  std::vector<uint8_t> palette; ///< red, green, blue of each index, or none
  std::optional<tiff_luma> luma;
  bool direct = false; ///< strips that hold the samples as they are: any part can be read
  bool operator==(const tiff_coding&) const = default;
};

/// What pages of the same kind have in common.
struct tiff_shape {
  extent size;
  pixel_type type = pixel_type::uint8;
  int32_t samples = 1; ///< channels it gives, after the palette
  int32_t stored = 1;  ///< samples per pixel in the file
  bool planar = false; ///< one set of blocks per sample
  bool tiled = false;
  bool rgb = false;
  bool format_known = true; ///< the file says whether samples are signed
  bool reduced = false;     ///< a smaller copy of the page before it
  extent block;             ///< tile, or width and rows of a strip
  tiff_coding coding;
  bool operator==(const tiff_shape&) const = default;
};

struct tiff_directory {
  uint64_t offset = 0;
  tiff_shape shape;
  std::vector<uint64_t> levels; ///< smaller copies, by offset
};

/// Reads the directory the file is in.
/// @param keep_palette  indices stay samples (ImageJ's palettes are for display).
/// @throws failure{unreadable} naming what is wrong or not supported.
tiff_directory describe_directory(const tiff_file& file, bool keep_palette = false);

/// Decoded samples need no change: they are stored as a tile wants them.
bool is_plain(const tiff_shape& shape);

} // namespace troupe::formats

// Small TIFF files made in code.

#pragma once

#include "tests/unit/storage/scratch_folder.hpp"

#include <cstdint>
#include <tiffio.h>
#include <vector>

namespace troupe::test {

/// One page; sample (x, y, s) is a function of its place.
struct tiff_page {
  uint32_t width = 40, height = 30;
  uint16_t samples = 1, bits = 8, format = SAMPLEFORMAT_UINT;
  uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  uint16_t compression = COMPRESSION_NONE;
  uint16_t predictor = PREDICTOR_NONE;
  uint16_t planar = PLANARCONFIG_CONTIG;
  uint32_t tile = 0; ///< side of a tile, 0 = strips
  uint32_t rows_per_strip = 7;
  uint32_t subfile_type = 0;
  uint32_t seed = 0;
  std::string description = {}, software = {};
  std::vector<tiff_page> levels = {}; ///< as SubIFDs
};

/// What write_tiff() stores at (x, y) of sample s: 8 bits of it, or 16.
inline uint32_t stored_value(const tiff_page& p, uint32_t x, uint32_t y, uint32_t s) {
  const auto value = x * 3 + y * 7 + s * 50 + p.seed * 11 + (p.bits > 8 ? 300 * y : 0);
  return p.bits < 32 ? value & ((1u << p.bits) - 1) : value;
}

namespace detail {

inline void put(std::vector<uint8_t>& to, uint32_t value, uint16_t bits,
                uint16_t format) {
  const auto add = [&](auto sample) {
    const auto bytes = reinterpret_cast<const uint8_t*>(&sample);
    to.insert(to.end(), bytes, bytes + sizeof sample);
  };
  if (format == SAMPLEFORMAT_IEEEFP && bits == 32)
    add(static_cast<float>(value));
  else if (format == SAMPLEFORMAT_IEEEFP)
    add(static_cast<double>(value));
  else if (bits == 8)
    add(static_cast<uint8_t>(value));
  else if (bits == 16)
    add(static_cast<uint16_t>(value));
  else
    add(value);
}

/// A rectangle of interleaved (or single) samples, right and bottom padded with zeros.
inline std::vector<uint8_t> block_of(const tiff_page& p, uint32_t x0, uint32_t y0,
                                     uint32_t width, uint32_t height, int only_sample) {
  std::vector<uint8_t> bytes;
  for (auto y = y0; y < y0 + height; ++y)
    for (auto x = x0; x < x0 + width; ++x)
      for (uint32_t s = 0; s < p.samples; ++s)
        if (only_sample < 0 || static_cast<int>(s) == only_sample)
          put(bytes, x < p.width && y < p.height ? stored_value(p, x, y, s) : 0, p.bits,
              p.format);
  return bytes;
}

inline void write_blocks(TIFF* tiff, const tiff_page& p) {
  const auto planes = p.planar == PLANARCONFIG_SEPARATE ? p.samples : uint16_t{1};
  uint32_t index = 0;
  for (int plane = 0; plane < planes; ++plane) {
    const auto only = planes > 1 ? plane : -1;
    if (p.tile != 0) {
      for (uint32_t y = 0; y < p.height; y += p.tile)
        for (uint32_t x = 0; x < p.width; x += p.tile) {
          auto bytes = block_of(p, x, y, p.tile, p.tile, only);
          TIFFWriteEncodedTile(tiff, index++, bytes.data(),
                               static_cast<tmsize_t>(bytes.size()));
        }
    } else {
      for (uint32_t y = 0; y < p.height; y += p.rows_per_strip) {
        auto bytes =
          block_of(p, 0, y, p.width, std::min(p.rows_per_strip, p.height - y), only);
        TIFFWriteEncodedStrip(tiff, index++, bytes.data(),
                              static_cast<tmsize_t>(bytes.size()));
      }
    }
  }
}

inline void write_page(TIFF* tiff, const tiff_page& p) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, p.width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, p.height);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, p.samples);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, p.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, p.format);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, p.photometric);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, p.compression);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, p.planar);
  TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, p.subfile_type);
  if (p.predictor != PREDICTOR_NONE)
    TIFFSetField(tiff, TIFFTAG_PREDICTOR, p.predictor);
  if (p.tile != 0) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, p.tile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, p.tile);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, p.rows_per_strip);
  }
  if (!p.description.empty())
    TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, p.description.c_str());
  if (!p.software.empty())
    TIFFSetField(tiff, TIFFTAG_SOFTWARE, p.software.c_str());
  if (!p.levels.empty()) {
    std::vector<uint64_t> none(p.levels.size());
    TIFFSetField(tiff, TIFFTAG_SUBIFD, static_cast<uint16_t>(none.size()), none.data());
  }
  write_blocks(tiff, p);
  TIFFWriteDirectory(tiff);
  for (auto& level : p.levels)
    write_page(tiff, level);
}

} // namespace detail

/// @param mode  of TIFFOpen: "w", "wb" big-endian, "w8" BigTIFF.
inline std::filesystem::path write_tiff(const std::filesystem::path& file,
                                        const std::vector<tiff_page>& pages,
                                        const char* mode = "w") {
  const auto tiff = TIFFOpen(file.c_str(), mode);
  if (!tiff)
    throw std::runtime_error{"cannot write " + file.string()};
  for (auto& p : pages)
    detail::write_page(tiff, p);
  TIFFClose(tiff);
  return file;
}

} // namespace troupe::test

// An image as a tiled, pyramidal OME-TIFF whose every byte has a known place before any
// pixel is read: the length is known, any range can be made, and a row of tiles is all
// that is ever in memory.
//
//   header, OME-XML, then for each plane its directory and those of its smaller levels,
//   then for each plane its tiles, level by level, row by row; BigTIFF, not packed

#pragma once

#include "storage/formats/description.hpp"

#include <functional>

namespace troupe::exports {

/// Samples of some channels in a row, to become tiles.
struct tile_run {
  plane_index at;
  int32_t channel = 0, channels = 1; ///< the first one; how many
  int32_t level = 0;
  region where; ///< pixels of that level
};

/// Channels that a page holds together: those of an RGB picture, else one.
int32_t channels_together(const formats::series& image);

/// The type samples have in a TIFF: a bit becomes a byte of 0 or 1.
pixel_type stored_type(pixel_type type);

class ome_tiff {
public:
  /// @param xml  see write_ome_xml(); pages are in the order XYZCT.
  ome_tiff(const formats::series& image, std::string xml);

  uint64_t bytes() const { return tiles_ + pages() * plane_bytes_; }

  /// @returns one plane of `where` per channel.
  using sample_source = std::function<std::vector<raw_plane>(const tile_run&)>;
  /// @param offset  below bytes().
  /// @returns what is there, a few MiB at most, at least a byte.
  /// @throws failure{unreadable} when the source gives something else; what it throws.
  shared_bytes read(uint64_t offset, const sample_source& from) const;

private:
  struct level {
    extent size, tile;
    int32_t columns = 0, rows = 0;
    uint64_t tile_bytes = 0;
    uint64_t start = 0; ///< of its first tile, from the plane's
    uint64_t tiles() const {
      return static_cast<uint64_t>(columns) * static_cast<uint64_t>(rows);
    }
  };

  uint64_t pages() const { return pages_; }
  size_t pixel_bytes() const;
  level cut(extent size, extent wanted) const;
  uint64_t directories_at(uint64_t page) const;
  std::string directories_of(uint64_t page) const;
  std::string directory(uint64_t page, size_t number,
                        const std::vector<uint64_t>& smaller, uint64_t at,
                        uint64_t next) const;
  std::string some_directories(uint64_t offset) const;
  tile_run run_at(uint64_t page, size_t number, uint64_t tile) const;
  shared_bytes::vector tiles_of(const tile_run& run, const sample_source& from) const;

  std::string front_; ///< header and OME-XML
  uint64_t xml_bytes_ = 0;
  dimensions size_;
  pixel_type type_ = pixel_type::uint8;
  int32_t samples_ = 1;
  std::vector<level> levels_;
  uint64_t pages_ = 0, plane_bytes_ = 0;
  uint64_t first_directories_ = 0, more_directories_ = 0; ///< bytes of a page's
  uint64_t tiles_ = 0;                                    ///< where they begin
};

} // namespace troupe::exports

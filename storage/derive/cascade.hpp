// All levels of one page at once: rows come in at the top, full rows of tiles go to the
// file, and their half is the next level's input. Never more than a row of tiles of each
// level in memory.

#pragma once

#include "storage/derive/pyramid_file.hpp"
#include "storage/derive/statistics.hpp"
#include "storage/derive/tile_codec.hpp"

namespace troupe::derive {

class cascade {
public:
  cascade(const pyramid_plan& plan, pyramid_file& file, size_t threads);

  /// Source rows between two calls of flush().
  int32_t step() const { return plan_.retiled ? tile_side : 2 * tile_side; }
  /// Starts a page. @param rows  source rows an earlier run has brought to the file;
  ///                             its first level is read back to make the others again.
  void begin(size_t page, int32_t rows);
  /// A cell of the source, of the step that flush() will end. For any thread, each pixel
  /// once.
  void take(const region& cell, const pixel_rows& pixels);
  /// The step is complete: writes what has become complete with it.
  void flush();

private:
  /// A row of tiles under construction.
  struct band {
    extent size; ///< of the level
    int32_t top = 0, rows = 0;
    size_t stride = 0; ///< bytes
    std::vector<uint8_t> bytes;

    int32_t height() const { return std::min(tile_side, size.height - top); }
    uint8_t* at(int32_t x, int32_t row, size_t pixel) {
      return bytes.data() + static_cast<size_t>(row) * stride
             + static_cast<size_t>(x) * pixel;
    }
  };

  void flush_level(size_t level);
  void write_tile(size_t level, int32_t column, tile_codec& codec);
  void read_tile(int32_t column, tile_codec& codec);
  void halve_into(band& to, int32_t x, int32_t row, const pixel_rows& pixels);

  const pyramid_plan& plan_;
  pyramid_file& file_;
  size_t page_ = 0;
  std::vector<band> bands_;
  std::vector<std::unique_ptr<tile_codec>> codecs_; ///< one per thread
};

} // namespace troupe::derive

// The source of a pyramid in handy rectangles, without a copy where a native tile is one.

#pragma once

#include "storage/derive/plan.hpp"
#include "storage/derive/statistics.hpp"
#include "storage/formats/tile_cache.hpp"

namespace troupe::derive {

/// Cuts rows y0 to y1 of the source into rectangles with even corners (but for the last
/// row and column): native tiles, several small ones or a part of a huge one.
std::vector<region> cells_between(const pyramid_plan& plan, int32_t y0, int32_t y1);

/// Bytes of decoded tiles that are worth keeping from one row of cells to the next.
int64_t useful_cache(const pyramid_plan& plan);

/// Which plane, and which of the channel groups of it.
struct page_index {
  plane_index at;
  int32_t group = 0;
};
page_index page_of(const pyramid_plan& plan, size_t page);

/// Belongs to one thread; `shared` holds the tiles that several cells need.
class cell_reader {
public:
  cell_reader(const formats::fileset& from, const pyramid_plan& plan,
              formats::tile_cache& shared)
    : from_{from},
      plan_{plan},
      shared_{shared},
      decoder_{from.open()} {}

  /// Interleaved pixels, good until the next call. @throws failure{unreadable}.
  pixel_rows read(const page_index& page, const region& cell);

private:
  formats::tile get(const formats::tile_id& which, bool only_here);
  void take(const formats::tile& from, const region& tile, const region& cell);

  const formats::fileset& from_;
  const pyramid_plan& plan_;
  formats::tile_cache& shared_;
  std::unique_ptr<formats::decoder> decoder_;
  formats::tile held_;
  std::vector<uint8_t> gathered_;
};

} // namespace troupe::derive

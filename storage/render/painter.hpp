// Several channels to the rows of one RGB picture. Rendering reference, section 6.

#pragma once

#include "storage/render/level_source.hpp"
#include "storage/render/lookup_table.hpp"
#include "storage/render/picture.hpp"
#include "storage/render/shade.hpp"

namespace troupe::render {

/// One channel to be drawn.
struct layer {
  const raw_plane* plane = nullptr;
  quantisation levels;
  lookup_table colors;
};

/// Adds up coloured layers; each component ends at 255. Made once, then any rows can be
/// painted, by several threads at a time: nothing as large as the picture is kept.
class painter {
public:
  /// @throws failure{internal} when a plane has another size than `size`.
  painter(const std::vector<layer>& layers, extent size);
  extent size() const { return size_; }
  /// @param to  room for size().width samples each.
  void paint(int32_t y, const component_rows& to) const;
  picture whole() const;

private:
  struct channel {
    level_source levels;
    std::array<shade, 3> shades; ///< red, green, blue
  };
  std::vector<channel> channels_;
  extent size_;
};

} // namespace troupe::render

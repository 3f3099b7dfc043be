// What a sample adds to a pixel, looked up in one step.

#pragma once

#include "storage/render/quantise.hpp"

#include <list>
#include <memory>

namespace troupe::render {

/// Red, green and blue as the bytes of a number, the fourth is 0.
using packed_color = uint32_t;

constexpr packed_color pack(uint32_t red, uint32_t green, uint32_t blue) {
  return red | green << 8 | blue << 16;
}

/// How the levels of a channel are coloured.
struct tint {
  rgba color;
  bool grey = false; ///< red, green and blue are the level itself
  bool operator==(const tint&) const = default;
};

/// What each level adds to a pixel:
///
///   p = trunc(color / 255.0 * level), then trunc(float(p) * (alpha / 255f))
std::array<packed_color, 256> colors_of(const tint& t);

/// What each sample of an 8- or 16-bit type adds, by its bit pattern.
using color_table = std::vector<packed_color>;

/// The `capacity` tables used last: building one costs more than drawing a tile.
class color_tables {
public:
  explicit color_tables(size_t capacity = 16) : capacity_{capacity} {}
  std::shared_ptr<const color_table> get(const quantisation& q, const tint& t);
  size_t size() const { return entries_.size(); }

private:
  struct entry {
    quantisation levels;
    tint colors;
    std::shared_ptr<const color_table> table;
  };
  size_t capacity_;
  std::list<entry> entries_; // most recent first
};

} // namespace troupe::render

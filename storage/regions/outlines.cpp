// The edges of a mask.

#include "storage/failure.hpp"
#include "storage/regions/areas.hpp"

#include <array>

namespace troupe::regions {
namespace {

constexpr size_t most_pixels = 64 << 20;

/// Edges between set and unset pixels, walked with the set ones on the right.
class edge_walk {
public:
  explicit edge_walk(const metadata::shape& mask)
    : bits_{mask.mask},
      width_{static_cast<size_t>(mask.geometry[2])},
      height_{static_cast<size_t>(mask.geometry[3])},
      left_{mask.geometry[0]},
      top_{mask.geometry[1]} {
    if (width_ * height_ > most_pixels)
      throw failure{errc::too_large, "a mask is too large to be outlined"};
    ways_.resize((width_ + 1) * (height_ + 1));
    for (size_t y = 0; y < height_; ++y)
      for (size_t x = 0; x < width_; ++x)
        if (is_set(x, y))
          add_edges(x, y);
  }

  std::vector<ring> rings() {
    std::vector<ring> all;
    for (size_t at = 0; at < ways_.size(); ++at)
      while (ways_[at] != 0)
        all.push_back(ring_from(at));
    return all;
  }

private:
  enum direction : size_t { right, down, left, up };

  bool is_set(size_t x, size_t y) const {
    if (x >= width_ || y >= height_) // also left of and above the first
      return false;
    const auto bit = y * width_ + x;
    return (bits_.data()[bit / 8] >> (7 - bit % 8) & 1) != 0;
  }

  void add_edges(size_t x, size_t y) {
    const auto row = width_ + 1, corner = y * row + x;
    if (!is_set(x, y - 1))
      add(corner, right);
    if (!is_set(x + 1, y))
      add(corner + 1, down);
    if (!is_set(x, y + 1))
      add(corner + row + 1, left);
    if (!is_set(x - 1, y))
      add(corner + row, up);
  }

  void add(size_t corner, direction d) {
    ways_[corner] = static_cast<uint8_t>(ways_[corner] | 1 << d);
  }

  bool take(size_t corner, size_t d) {
    const auto bit = 1 << d;
    if ((ways_[corner] & bit) == 0)
      return false;
    ways_[corner] = static_cast<uint8_t>(ways_[corner] & ~bit);
    return true;
  }

  /// To the right where there is a choice: that stays at the same pixel.
  size_t next(size_t corner, size_t d) {
    for (auto turn : {1, 0, 3})
      if (take(corner, (d + turn) % 4))
        return (d + turn) % 4;
    throw failure{errc::internal, "an outline is not closed"};
  }

  ring ring_from(size_t start) {
    const auto row = static_cast<std::ptrdiff_t>(width_ + 1);
    const std::array<std::ptrdiff_t, 4> steps{1, row, -1, -row};
    ring r;
    size_t d = 0;
    while (!take(start, d))
      ++d;
    const auto first = d;
    auto step = [&](size_t at) {
      return static_cast<size_t>(static_cast<std::ptrdiff_t>(at) + steps[d]);
    };
    for (auto at = step(start); at != start; at = step(at)) {
      const auto turned = next(at, d);
      if (turned != d)
        r.push_back(place_of(at));
      d = turned;
    }
    if (d != first)
      r.push_back(place_of(start));
    return r;
  }

  measurement::point place_of(size_t corner) const {
    return {left_ + static_cast<double>(corner % (width_ + 1)),
            top_ + static_cast<double>(corner / (width_ + 1))};
  }

  const shared_bytes& bits_;
  size_t width_, height_;
  double left_, top_;
  std::vector<uint8_t> ways_; ///< per corner of pixels, a bit per direction
};

} // namespace

std::vector<area> outlines(const metadata::shape& mask) {
  return sorted(edge_walk{mask}.rings());
}

} // namespace troupe::regions

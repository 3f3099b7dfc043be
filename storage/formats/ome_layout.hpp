// How OME-XML lays out planes and channels, wherever the pixels are.

#pragma once

#include "storage/formats/ome_xml.hpp"

#include <array>

namespace troupe::formats {

/// Position of a plane in the order of the file, and back.
class plane_order {
public:
  plane_order(const std::string& order, int32_t z, int32_t groups, int32_t t)
    : sizes_{z, groups, t} {
    for (size_t i = 0; i < 3; ++i)
      axes_[i] = order[i + 2] == 'Z' ? 0 : order[i + 2] == 'C' ? 1 : 2;
  }
  int64_t count() const { return sizes_[0] * sizes_[1] * sizes_[2]; }
  int64_t index(const std::array<int64_t, 3>& zct) const {
    return zct[axes_[0]]
           + sizes_[axes_[0]] * (zct[axes_[1]] + sizes_[axes_[1]] * zct[axes_[2]]);
  }
  std::array<int64_t, 3> plane(int64_t index) const {
    std::array<int64_t, 3> zct{};
    for (auto axis : axes_) {
      zct[axis] = index % sizes_[axis];
      index /= sizes_[axis];
    }
    return zct;
  }
  bool holds(const std::array<int64_t, 3>& zct) const {
    for (size_t i = 0; i < 3; ++i)
      if (zct[i] < 0 || zct[i] >= sizes_[i])
        return false;
    return true;
  }

private:
  std::array<int64_t, 3> sizes_; // z, channel groups, t
  std::array<size_t, 3> axes_;   // fastest first
};

/// Gives `to` one channel per sample: an element of `from` stands for all of its samples.
void spread_channels(const ome_image& from, series& to);

} // namespace troupe::formats

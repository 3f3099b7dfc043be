// Axes of an OME-Zarr image, and the physical sizes along them.

#pragma once

#include "storage/formats/description.hpp"

#include <array>
#include <nlohmann/json_fwd.hpp>

namespace troupe::formats {

enum ome_axis : size_t { axis_t, axis_c, axis_z, axis_y, axis_x };

struct ome_zarr_axes {
  static constexpr int32_t absent = -1;
  /// Which dimension of the array each axis is, by ome_axis.
  std::array<int32_t, 5> dimension{absent, absent, absent, absent, absent};
  std::array<std::string, 5> unit = {}; ///< "µm", empty = not said
  size_t count = 0;

  int64_t of(const std::vector<int64_t>& lengths, ome_axis axis) const {
    const auto d = dimension[axis];
    return d == absent ? 1 : lengths[static_cast<size_t>(d)];
  }
};

/// @param multiscale  its "axes"; versions before 0.3 have all five.
/// @throws failure{unreadable} for axes we do not know, twice the same, or none of x, y.
ome_zarr_axes read_axes(const nlohmann::json& multiscale);

/// Steps from sample to sample, from the scales of the first dataset and of the whole.
/// @returns what a scale and a unit say.
std::array<std::optional<metadata::quantity>, 5>
read_steps(const nlohmann::json& multiscale, const ome_zarr_axes& axes);

/// The name OME-Zarr has for OME-XML's symbol: "micrometer" for "µm".
/// @returns nothing for a unit that is none of length or time.
std::string ome_zarr_unit(const std::string& symbol);

} // namespace troupe::formats

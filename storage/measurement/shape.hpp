// Regions of interest, and which samples belong to them. Rendering reference, section 12.

#pragma once

#include "storage/render/settings.hpp"

#include <functional>
#include <variant>

namespace troupe::measurement {

struct point {
  double x = 0, y = 0;
};

struct rectangle {
  double x = 0, y = 0, width = 0, height = 0;
};

struct ellipse {
  double x = 0, y = 0, radius_x = 0, radius_y = 0; ///< centre and half axes
};

/// Closed, even-odd.
struct polygon {
  std::vector<point> points;
};

struct line {
  point from, to;
};

/// Its lines one by one: joints count twice.
struct polyline {
  std::vector<point> points;
};

struct mask {
  rectangle box;
  std::vector<uint8_t> bits; ///< a bit a sample, most significant first, rows not padded
};

using shape = std::variant<point, rectangle, ellipse, polygon, line, polyline, mask>;

/// Pixels that may belong to a shape: read these.
/// @returns nothing when the shape is outside the image.
std::optional<region> bounds_of(const shape& s, extent image);

/// Calls visit(x, y) for every sample of the shape inside `within`, row by row.
/// @param rules  profile `omero` takes the whole box of a mask.
void for_each_sample_of(const shape& s, const region& within,
                        const std::function<void(int32_t x, int32_t y)>& visit,
                        render::profile rules = render::profile::fixed);

} // namespace troupe::measurement

// Regions of interest: shapes drawn on images.

#pragma once

#include "storage/metadata/quantity.hpp"
#include "storage/pixels.hpp"

#include <array>

namespace troupe::metadata {

/// Stored in SQL by number: never renumber.
enum class shape_kind : uint8_t {
  rectangle, ///< x, y, width, height
  ellipse,   ///< centre x, y, radius x, y
  point,     ///< x, y
  line,      ///< x1, y1, x2, y2
  polyline,  ///< x, y of each point
  polygon,   ///< x, y of each point
  label,     ///< x, y
  mask,      ///< x, y, width, height
};

/// @returns the OME name: "Rectangle" ...
std::string_view name_of(shape_kind kind);
std::optional<shape_kind> shape_kind_of(std::string_view ome_name);

/// x' = a00 x + a01 y + a02, y' = a10 x + a11 y + a12.
struct affine {
  double a00 = 1, a10 = 0, a01 = 0, a11 = 1, a02 = 0, a12 = 0;
  bool operator==(const affine&) const = default;
};

/// How a shape is drawn; empty = not said.
struct shape_style {
  std::optional<rgba> fill, stroke;
  std::optional<quantity> stroke_width, font_size;
  std::string stroke_dashes, fill_rule, line_cap, marker_start, marker_end;
  std::string font_family, font_style;
  bool operator==(const shape_style&) const = default;
};

struct shape {
  shape_kind kind = shape_kind::rectangle;
  std::optional<int32_t> z, c, t; ///< absent = on all
  std::vector<double> geometry;   ///< see shape_kind; pixels before the transform
  shared_bytes mask;              ///< a bit per pixel, row by row, highest bit first
  std::string text;
  bool locked = false;
  std::optional<affine> transform;
  shape_style style;
  std::vector<int32_t> annotations; ///< indexes of document::annotations
};

/// Left, top, right, bottom.
using bounds = std::array<double, 4>;

/// The box around a shape after its transform, without its stroke.
bounds bounds_of(const shape& s);

struct roi {
  std::string id, name, description;
  std::vector<int32_t> images; ///< series it is drawn on
  std::vector<shape> shapes;
  std::vector<int32_t> annotations;
};

} // namespace troupe::metadata

// ImageJ's .roi files: one shape, or the outline of several, in big-endian numbers.
// Source: the description in ImageJ's RoiDecoder (public domain).

#pragma once

#include "storage/regions/region_file.hpp"

namespace troupe::regions {

bool is_imagej_roi(std::string_view bytes);

/// One file. Rectangles with round corners lose these, splines are their corners,
/// pictures are left out. A position that is one number counts channels first, then
/// sections.
found_regions read_imagej(std::string_view bytes, const dimensions& image);

/// @throws failure{conflict} unless there is one shape in all: a set takes any number.
std::string write_imagej(const drawing& d);

/// A shape without a transform. @throws failure{too_large} for too many points.
/// @param name  cut after 255 characters.
std::string imagej_bytes(const metadata::shape& flat, const std::string& name);

/// What the files of a drawing's shapes are called, and the shapes: several for a mask of
/// several parts.
struct named_shape {
  std::string name;
  metadata::shape shape;
};
std::vector<named_shape> imagej_shapes(const drawing& d);

namespace imagej {

enum type : uint8_t {
  polygon,
  rectangle,
  oval,
  line,
  free_line,
  polyline,
  none,
  freehand,
  traced,
  angle,
  point
};
enum subtype : int { text = 1, arrow, ellipse, image, rotated_rectangle };
constexpr int sub_pixel = 128, double_headed = 2; ///< options

/// Offsets of the header.
constexpr size_t version_at = 4, type_at = 6, top_at = 8, left_at = 10, bottom_at = 12,
                 right_at = 14, count_at = 16, x1_at = 18, y1_at = 22, x2_at = 26,
                 y2_at = 30, size_at = 18, stroke_width_at = 34, composite_at = 36,
                 stroke_at = 40, fill_at = 44, subtype_at = 48, options_at = 50,
                 ratio_at = 52, position_at = 56, second_at = 60, header_bytes = 64;
/// Offsets of the second header.
constexpr size_t c_at = 4, z_at = 8, t_at = 12, name_at = 16, name_length_at = 20,
                 float_width_at = 36, second_bytes = 64;

} // namespace imagej
} // namespace troupe::regions

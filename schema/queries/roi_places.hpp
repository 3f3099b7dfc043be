// Where regions lie: on which image and which of its planes, and as which of how many.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"
#include "storage/metadata/roi.hpp"

#include <soci/soci.h>

#include <string>

namespace troupe {

/// Shapes on planes from the first to the last section and time point, both counted, and
/// of a kind; absent: any. A shape without section or time point is on all of them.
struct shape_wish {
  std::optional<std::pair<int32_t, int32_t>> z, t;
  std::optional<metadata::shape_kind> kind = {};
};

/// A condition on a row `x` of rois: it has such a shape.
std::string has_shape(const shape_wish& wish);

/// A region among those of its image that the viewer sees, by id; a shape's among those
/// that have a shape on its plane.
struct roi_position {
  static constexpr bool local = true;
  int64_t image = 0, roi = 0;
  int64_t index = 0, count = 0; ///< from 0; of how many
  std::optional<int32_t> z, t;  ///< of the shape; absent = on all
};
/// @throws failure{not_found} "shape 7", also for a region of no image.
struct place_roi {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::roi; ///< or shape
  int64_t id = 0;
  using reply = roi_position;
};
roi_position run(soci::session& sql, const place_roi& q);

/// How many shapes there are on every plane.
struct shape_counts {
  static constexpr bool local = true;
  std::vector<std::vector<int64_t>> by_section; ///< [z][t]
};
/// @throws failure{not_found} "image 7"; {too_large} for an image of too many planes.
struct count_shapes_by_plane {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  using reply = shape_counts;
};
shape_counts run(soci::session& sql, const count_shapes_by_plane& q);

} // namespace troupe

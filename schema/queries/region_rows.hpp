// Rows of regions and shapes that people draw: how they are written and read.

#pragma once

#include "schema/queries/draw.hpp"

#include <map>
#include <set>

namespace troupe {

/// @throws failure{bad_request} for names and texts that cannot be kept.
void check_region_words(const std::vector<metadata::roi>& rois);
void check_region_words(const region_change& c);

struct region_place {
  int64_t owner = 0, group = 0, image = 0;
};
std::vector<drawn_region> insert_regions(soci::session& sql, const region_place& where,
                                         const std::vector<metadata::roi>& rois);

struct region_state {
  int32_t version = 0;
  dimensions ground; ///< of its image, as large as can be without one
  int32_t next_position = 0; ///< for one more shape
  std::set<int64_t> shapes;
};
/// Until the end of the transaction nobody else changes them.
std::map<int64_t, region_state> lock_regions(soci::session& sql,
                                             const std::vector<int64_t>& ids);

struct region_write {
  const region_change* change;
  const region_state* state;
};
/// Each gets its next version.
std::vector<drawn_region> write_regions(soci::session& sql,
                                        const std::vector<region_write>& writes);

/// Columns of a row `h` of shapes, for shape_in_row().
extern const std::string_view shape_columns;
metadata::shape shape_in_row(const soci::row& row);
/// A colour as shapes have it. @returns nothing for null.
std::optional<rgba> color_at(const soci::row& row, const char* column);
/// The literal of a box.
std::string box_literal(const view_box& b);

} // namespace troupe

// Shapes as a table: a row each.

#pragma once

#include "storage/regions/region_file.hpp"

namespace troupe::regions {

/// Its first line names the columns "kind" and "geometry" at least.
bool is_shape_table(std::string_view bytes);

/// Rows of one `roi` are one region. Columns: roi, name, description, kind, z, c, t (from
/// 0, empty: all), geometry (numbers between blanks, as the API has them), transform,
/// text, locked, fill and stroke (#RRGGBBAA), strokeWidth, strokeWidthUnit, mask
/// (base64). Others are left out.
found_regions read_shape_table(std::string_view bytes, const dimensions& image);

std::string write_shape_table(const drawing& d);

} // namespace troupe::regions

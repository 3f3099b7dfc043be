// What the columns of a table mean, by their names.

#pragma once

#include "schema/queries/object_type.hpp"
#include "storage/csv.hpp"

#include <optional>

namespace troupe {

struct table_columns {
  object_type of = object_type::image; ///< what rows are about: image or well
  bool by_id = false;
  size_t name = 0; ///< the column that says whose row it is
  std::vector<size_t> keys, tags, tag_lists;
};

/// @throws failure{bad_request} when no column names objects.
table_columns columns_of(const std::vector<std::string>& header, object_type parent);

/// [{"k": ..., "v": ...}, ...] without empty cells, as pairs.
std::vector<std::pair<std::string, std::string>>
pairs_of(const csv_table& table, const table_columns& columns, const csv_table::row& row);
/// Each once.
std::vector<std::string> tags_of(const table_columns& columns, const csv_table::row& row);

std::string trimmed(std::string_view text);

} // namespace troupe

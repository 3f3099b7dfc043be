// Which part of a table a request asks for: ?query=, col_names=, offset=, limit=.

#pragma once

#include "http/omero/call.hpp"
#include "http/omero/webgateway/value_table.hpp"

namespace troupe::http::omero {

struct table_part {
  std::vector<size_t> rows, columns;
  size_t total = 0; ///< rows that match, on all pages
  std::optional<int64_t> limit;
  int64_t offset = 0;
};

/// All rows that ?query= finds. @throws failure{bad_request}.
std::vector<size_t> rows_asked(call& c, const value_table& table);

/// @throws failure{bad_request}.
table_part part_asked(call& c, const value_table& table);

/// {"data": {"column_types", "columns", "rows"}, "meta"}, or {"error"} for too many rows.
json part_json(const value_table& table, const table_part& part);

} // namespace troupe::http::omero

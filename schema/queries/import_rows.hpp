// How an import is read back: with its files, and the images that came of them.

#pragma once

#include "schema/queries/imports.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace troupe {

/// @param condition  on import `i`, may end in an order and a limit; names :id, :who
///                   and :limit.
struct import_filter {
  std::string_view condition;
  int64_t id = 0;
  std::string who = to_sql({});
  int32_t limit = 0;
};
std::vector<import_record> read_imports(soci::session& sql, const import_filter& filter);

/// @throws failure{not_found} "import 7".
import_record read_import(soci::session& sql, int64_t id);

} // namespace troupe

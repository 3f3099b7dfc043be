// Pages of JSON documents that PostgreSQL makes, sorted by name or by id.

#pragma once

#include "schema/queries/metadata.hpp"

#include <string_view>

namespace troupe {

struct json_list {
  std::string_view name;      ///< for keys of pages
  std::string_view item;      ///< SQL expression of a JSON document
  std::string_view sort;      ///< SQL expression of a text, or '' to sort by id
  std::string_view tables;    ///< row `x` has id, owner_id, group_id
  std::string_view condition; ///< may name :parent and :who
  int64_t parent = 0;
};

page<json_item> list_json(soci::session& sql, const json_list& which, const viewer& who,
                          const page_request& page);

} // namespace troupe

// Finding objects by what people type.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/metadata.hpp"
#include "schema/queries/object_type.hpp"

#include <soci/soci.h>

namespace troupe {

/// Counting ends here: a total of one more says "more than that".
constexpr int32_t most_counted = 10'000;
/// Of more matches than are counted so many are ranked, the newest.
constexpr int32_t most_ranked = 2000;

enum class search_order : uint8_t {
  rank,  ///< best first; see most_ranked
  newest ///< latest first
};

/// What matches and the viewer sees. Nothing typed matches everything.
/// @throws failure{bad_request} naming a word that cannot be understood
/// (search_words.hpp); failure{not_found} for a container to look in that the viewer does
/// not see.
struct search_objects {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::string words;
  std::vector<object_type> types; ///< none: all that are searched
  search_order order = search_order::rank;
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const search_objects& q);

/// How the matches divide by type, owner, group and tag (the ten most common of each
/// among the first most_counted).
struct count_search {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::string words;
  std::vector<object_type> types;
  using reply = json_document;
};
json_document run(soci::session& sql, const count_search& q);

/// The server's own work: brings the words of objects up to date that were annotated by
/// the thousand. @returns how many; ask again until it is 0.
struct index_pending {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int32_t most = 1000;
  using reply = int32_t;
};
int32_t run(soci::session& sql, const index_pending& q);

} // namespace troupe

// Matches of a search, read by one of two plans.

#pragma once

#include "schema/queries/search.hpp"
#include "schema/queries/search_conditions.hpp"

namespace troupe {

struct search_plan {
  search_conditions what;
  std::string who, groups; ///< bound as :who and :groups, the visible ones
  bool everywhere = false; ///< all groups are visible
  int64_t total = 0;       ///< at most most_counted + 1
  bool common() const { return total > most_counted; }
};

/// What was typed. @throws failure{bad_request}; {not_found} for a container to look in
/// that the viewer does not see.
std::vector<search_term> visible_terms(soci::session& sql, const viewer& who,
                                       const std::string& words);

/// Parses, checks that containers are visible, and counts unless the count is known.
search_plan plan_search(soci::session& sql, const viewer& who, const std::string& words,
                        const std::vector<object_type>& types, int64_t known_total);

/// A query of all columns but the words, and `rank`. Few matches are read from the index
/// of words, all of them, in no order. Of many the newest are read by walking back in
/// time in each visible group, at most `most` that fulfil `more`, newest first.
std::string matches_of(const search_plan& plan, std::string_view rank, int32_t most,
                       std::string_view more = "true");

} // namespace troupe

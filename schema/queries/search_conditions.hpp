// What was typed as conditions in SQL.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/search_words.hpp"

#include <string>
#include <vector>

namespace troupe {

/// Of a row `d` of search_docs that is found and visible. Only shapes of conditions are
/// in the text; what people typed is bound, as the JSON document :terms, beside :who.
struct search_conditions {
  std::string matches; ///< a condition
  std::string rank;    ///< a real, greater is better; empty where nothing is ranked
  std::string terms;   ///< to be bound
};

search_conditions conditions_of(const std::vector<search_term>& terms,
                                const std::vector<object_type>& types);

} // namespace troupe

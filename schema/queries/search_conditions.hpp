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

/// A query of the kinds and ids of what lies directly in containers of a type, and of the
/// images in the datasets or plates of one.
/// @param parent  an SQL expression to be compared with `=`: an id, or any(array).
std::string contents_of(object_type holder, std::string_view parent);

search_conditions conditions_of(const std::vector<search_term>& terms,
                                const std::vector<object_type>& types);

} // namespace troupe

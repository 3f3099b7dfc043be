// Which rows of a table are asked for: "*", "Well-7", or a condition such as
// "(Well==7) & ((Area > 2.5) | ~(Gene == 'CDC20'))".

#pragma once

#include "http/omero/webgateway/value_table.hpp"

#include <functional>

namespace troupe::http::omero {

using row_condition = std::function<bool(size_t row)>;

/// @param table  lives longer than the condition.
/// @throws failure{bad_request} for words that cannot be understood.
row_condition condition_in(std::string_view text, const value_table& table);

} // namespace troupe::http::omero

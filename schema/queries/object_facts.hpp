// What is told of objects of each kind: SQL that makes a JSON object of a row `x`.

#pragma once

#include "schema/queries/object_pages.hpp"

namespace troupe {

/// Tables whose row `x` has id, owner_id, group_id and what facts_of() needs.
/// @throws failure{bad_request} for kinds that are not listed.
std::string_view rows_of(object_type type);

/// May name :who.
std::string facts_of(const list_objects& q);

} // namespace troupe

// What is told of objects of each kind: SQL on a row `x`.

#pragma once

#include "schema/queries/object_pages.hpp"

namespace troupe {

/// Tables whose row `x` has id, owner_id, group_id and what is told of the kind.
/// @throws failure{bad_request} for kinds that are not listed.
std::string_view rows_of(object_type type);

/// Which fields `f` of wells are wanted: a condition.
std::string chosen_fields(const list_objects& q);

/// Columns beyond these three: name, description, children, facts, those of images.
/// May name :who.
std::string columns_of(const list_objects& q);

/// A row of these columns.
listed_object object_in_row(const soci::row& row, const list_objects& q);

} // namespace troupe

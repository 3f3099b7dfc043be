// Statements that PostgreSQL plans once for a connection, instead of each time they are
// run.

#pragma once

#include <soci/soci.h>

namespace troupe {

/// Stands before a statement's text: its plan is kept. For what finds its few rows by
/// ids, whatever their values: planning that takes ten times as long as doing it. Not for
/// what is searched, nor for what names temporary tables.
constexpr const char* kept = "/* kept */ ";

/// SOCI's for PostgreSQL, but for such statements.
const soci::backend_factory& postgresql_with_plans();

} // namespace troupe

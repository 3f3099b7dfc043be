// The second table of a plan: what was asked for or came along, and cannot go.
//   staying (kind, id, chosen, why, other_kind, other)

#pragma once

#include "schema/queries/subgraph.hpp"

namespace troupe {

/// staying.why, while a plan is made. Statements name the numbers.
enum class reason { denied = 1, field_of, shares_files, shows, tagged };

void start_staying(soci::session& sql);
/// The chosen first.
std::vector<staying_object> read_staying(soci::session& sql);

} // namespace troupe

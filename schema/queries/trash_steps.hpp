// Which rows a deletion removes, in which order: what refers to others comes first.

#pragma once

#include "schema/queries/object_type.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace troupe {

/// Rows of the table `t` that go while objects of that kind do.
struct removal {
  const char* table;
  int kind;          ///< of `going`; 0: attachments
  std::string where; ///< condition of t
  /// What the rows tell of goes too: nothing that is derived from them needs upkeep.
  bool all_leave = false;
};
const std::vector<removal>& removals();

/// Whether nothing asks for a row of that table before all of them come back.
bool lies_in_bundles(std::string_view table);

/// Columns of rows that stay and point to what goes: cleared, and set again on return.
struct pointer {
  const char* table;
  const char* column;
  int own_kind; ///< of the table's rows, -1: never go
  int kind;     ///< of what it points to
};
const std::vector<pointer>& pointers();

/// A row is back only with what it refers to.
struct requirement {
  const char* table;
  const char* column;
  const char* target;
};
const std::vector<requirement>& requirements();

/// The condition under which a row `r` of a link table still joins two things; "true" for
/// other tables.
std::string joins_condition(const std::string& table);

} // namespace troupe

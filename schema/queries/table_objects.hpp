// The objects that rows of a table are about.

#pragma once

#include "schema/queries/annotation_table.hpp"

namespace troupe {

struct table_object {
  int64_t id = 0;
  std::string name;
  bool annotatable = false;
};

/// "A1" for "a01"; other words as they are.
std::string plain_well_name(const std::string& name);

/// FROM clause of rows `x` with id, name, owner_id, group_id inside :parent.
/// @param of  image or well.
std::string_view table_rows(object_type parent, object_type of);

/// Visible ones, in natural order of their names.
std::vector<table_object> objects_of_table(soci::session& sql, const viewer& who,
                                           object_type parent_type, int64_t parent,
                                           object_type of);

} // namespace troupe

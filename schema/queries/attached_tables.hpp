// Files attached to objects, by their own ids, and those among them that are tables.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"

#include <soci/soci.h>

namespace troupe {

struct kept_attachment {
  static constexpr bool local = true;
  int64_t id = 0, bytes = 0;
  std::string name, mime, sha256;
};
/// @throws failure{not_found} "file 7" when absent or not visible.
struct find_kept_attachment {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t file = 0;
  using reply = kept_attachment;
};
kept_attachment run(soci::session& sql, const find_kept_attachment& q);

struct attached_table {
  int64_t annotation = 0, file = 0;
  std::string name, name_space, owner, added_by; ///< persons' names
  int64_t added_ms = 0;                          ///< since 1970
};
struct attached_tables {
  static constexpr bool local = true;
  std::vector<attached_table> items; ///< the file added last first
};
/// File annotations of an object in the name space of bulk annotations or of the type
/// OMERO.tables. None of an object that is not visible.
struct list_attached_tables {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::plate;
  int64_t id = 0;
  using reply = attached_tables;
};
attached_tables run(soci::session& sql, const list_attached_tables& q);

} // namespace troupe

// Tables among the files that people have attached to objects.

#pragma once

#include "http/omero/call.hpp"
#include "http/omero/webgateway/value_table.hpp"
#include "schema/queries/attached_tables.hpp"

namespace troupe::http::omero {

/// @throws refused, failure{not_found, unreadable, bad_request, too_large} for what is no
/// table.
value_table table_of_file(call& c, int64_t file);

/// Those attached to an object of the type "Screen", or reached from one by a path such
/// as "Plate.wells": then the id is of the path's end.
struct found_tables {
  object_type type = object_type::plate; ///< of the objects that have them
  struct one {
    int64_t object = 0;
    attached_table what;
  };
  std::vector<one> all; ///< the file added last first
};
/// @throws failure{bad_request} for another path.
found_tables tables_attached(call& c, std::string_view path, int64_t id);

} // namespace troupe::http::omero

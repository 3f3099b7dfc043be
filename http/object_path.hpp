// Addresses of objects: /api/v1/datasets/5/...

#pragma once

#include "http/web.hpp"
#include "schema/queries/object_type.hpp"

namespace troupe::http {

struct object_name {
  object_type type;
  int64_t id;
};

/// By the first segment after the version. @throws failure{not_found} for another word.
object_type type_in_path(const web_request& in);
/// And the id, whose parameter has the type's name.
object_name object_in_path(const web_request& in);

} // namespace troupe::http

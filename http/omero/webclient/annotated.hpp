// Annotations that people write on the objects that a request names.

#pragma once

#include "http/omero/webclient/words.hpp"
#include "schema/queries/annotate.hpp"

namespace troupe::http::omero {

/// @throws failure{bad_request} when it names none.
std::vector<named_objects> required_objects(call& c);

/// One annotation for all of them. @returns its id.
int64_t annotate_all(call& c, const std::vector<named_objects>& objects,
                     const new_annotation& what);

/// Existing annotations on all of them.
void put_on_all(call& c, const std::vector<named_objects>& objects,
                const std::vector<int64_t>& annotations);

} // namespace troupe::http::omero

// What is done to one object of a form: rows whose answers say "bad" as a word.

#pragma once

#include "http/omero/face.hpp"
#include "schema/queries/object_type.hpp"

namespace troupe::http::omero {

/// {"bad": "false"}, with more.
web_response well_done(json more = json::object());
/// {"bad": "true", "errs": {field: html}}.
web_response bad_field(const char* field, const std::string& why);

/// The type and the id in the path.
struct acted_object {
  object_type type;
  std::string word; ///< as the client calls the type
  int64_t id;
};
/// @throws failure{not_found} for a word that names nothing.
acted_object object_acted_on(const call& c);

} // namespace troupe::http::omero

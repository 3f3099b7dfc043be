// What the webclient calls the kinds of objects, and which ones a request is about.

#pragma once

#include "http/omero/call.hpp"
#include "schema/queries/object_type.hpp"

namespace troupe::http::omero {

/// "image", "Image", "acquisition", "run", "PlateAcquisition", "tag", "tagset" ...
std::optional<object_type> type_of_word(std::string_view word);
/// @throws failure{not_found} for a word that names nothing.
object_type known_type(std::string_view word);

/// "image", "acquisition".
std::string_view word_of(object_type type);

/// Nothing for what is no whole number.
std::optional<int64_t> id_in_text(std::string_view text);

/// "dataset-5". @throws failure{bad_request} for what is no such word.
std::pair<object_type, int64_t> object_word(std::string_view text);

/// Objects of one kind that a request names.
struct named_objects {
  object_type type;
  std::vector<int64_t> ids;
};

/// `image=1&image=2&dataset=3`, with or without capitals, of all kinds that can be
/// annotated: those of the query, and only when it names none those of the form.
std::vector<named_objects> objects_named(call& c);

} // namespace troupe::http::omero
